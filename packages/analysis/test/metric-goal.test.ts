import { expect, it } from "vitest";
import { metricGoal } from "../src/metric-goal.ts";

it.each([
  ["accuracy", "max"],
  ["test_acc", "max"],
  ["eval_f1", "max"],
  ["mAP50", "max"],
  ["val_loss", "min"],
  ["RMSE", "min"],
  ["word_error_rate", "min"],
  ["ppl", "min"],
  ["training_time", "min"],
  ["interrater_agreement", "max"],
  ["terrain_score", "max"],
  ["top1_error", "min"],
])("%s: %s", (name, goal) => expect(metricGoal(name)).toBe(goal));
