import { expect, it } from "vitest";
import { commonMetric } from "../src/common-metric.ts";
import { record } from "./records.ts";

it("is the one that most successful runs have, of several the first", () => {
  const failed = record([], { loss: 1 }, { status: "failed" });
  expect(commonMetric([record([], { loss: 1, accuracy: 0.9 })])).toBe("loss");
  expect(commonMetric([failed, failed, record([], { loss: 1 }), record([], { f1: 1 }), record([], { f1: 1 })])).toBe(
    "f1",
  );
});

it("is one of the training only where there is no other", () => {
  expect(commonMetric([record([], { train_loss: 1, test_accuracy: 0.9 })])).toBe("test_accuracy");
  expect(commonMetric([record([], { loss: 1, eval_accuracy: 0.9 })])).toBe("eval_accuracy");
  expect(commonMetric([record([], { train_loss: 1 })])).toBe("train_loss");
});

it("is none where no successful run has any", () => {
  expect(commonMetric([record([]), record([], { loss: 1 }, { status: "suspect" })])).toBeUndefined();
});
