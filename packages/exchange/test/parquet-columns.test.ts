import { describe, expect, it } from "vitest";
import { parquetColumns } from "../src/parquet-columns.ts";

describe("the type of a hyperparameter's column", () => {
  it.each([
    ["numbers", [1, 2.5, null], "DOUBLE", [1, 2.5, null]],
    ["booleans", [true, undefined, false], "BOOLEAN", [true, null, false]],
    ["texts", ["a", "b"], "STRING", ["a", "b"]],
    ["values of several types", [1, "a", true, null], "STRING", ["1", "a", "true", null]],
    ["nothing", [null, undefined], "STRING", [null, null]],
  ])("%s", (_, values, type, data) => {
    const rows = values.map((value) => ({ hyperparam_x: value }));
    expect(parquetColumns(["hyperparam_x"], rows)).toMatchObject([{ type, data, nullable: true }]);
  });

  it("of a metric is a double, also without a value", () => {
    expect(parquetColumns(["perf_x"], [{}])).toMatchObject([{ type: "DOUBLE", data: [null] }]);
  });
});
