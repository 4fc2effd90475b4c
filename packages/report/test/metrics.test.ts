import { expect, it } from "vitest";
import { goalOf } from "../src/model/metrics.ts";

it.each([
  ["test_accuracy", "max"],
  ["val_loss", "min"],
  ["top1_error", "min"],
  ["perplexity", "min"],
  ["mAP", "max"],
  ["rmse", "min"],
  ["terrain_score", "max"],
])("%s is better when it is %s", (name, goal) => expect(goalOf(name)).toBe(goal));
