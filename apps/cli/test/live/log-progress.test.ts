import { expect, it } from "vitest";
import { logProgress } from "../../src/live/log-progress.ts";

it.each([
  ["Epoch 1/10\nEpoch 2/10 loss 0.3", "epoch 2/10"],
  ["epoch: 7, loss: 0.1", "epoch 7"],
  ["{'loss': 0.7, 'epoch': 1.5}", "epoch 1.5"],
  ["[Epoch 3 of 20]", "epoch 3/20"],
  ["Epoch [4/164]", "epoch 4/164"],
  ["step 500 loss 1", "step 500"],
  ["Epoch 1\nstep 900", "epoch 1"],
  ["loss 0.5", undefined],
  ["epochs", undefined],
])("%j: %s", (tail, progress) => expect(logProgress(tail)).toBe(progress));
