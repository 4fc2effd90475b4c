import { expect, test } from "vitest";
import { logLines } from "../src/log-lines.ts";

test("colours go, and of a progress bar what stood there last stays", () => {
  expect(logLines("\u001b[32mloss 0.5\u001b[0m\n 10%|#\r 50%|##\r100%|### loss 0.4\r\n\n")).toEqual([
    "loss 0.5",
    "100%|### loss 0.4",
  ]);
});

test("times and dates say nothing", () => {
  const lines = logLines("2026-11-24 10:18:08,123 Epoch 1 - loss: 0.61 - 0.34 s - 12ms\n00:12<00:03 acc 0.5");
  expect(lines).toEqual(["… … Epoch 1 - loss: 0.61 - … - …", "…<… acc 0.5"]);
});

test.each([
  "Time 0.011 (0.040) Loss 1.29",
  "elapsed: 12",
  "120.5 it/s",
  "56.14 samples/sec",
  "used 512 MiB",
  "pid 4711",
])("%s is about the machine and is left out", (line) => {
  expect(logLines(line)).toEqual([]);
});
