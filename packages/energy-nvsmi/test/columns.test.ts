import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BASE_COLUMNS, chooseColumns, queryArguments } from "../src/columns.ts";

test("newer columns are asked for when the driver names them", () => {
  const help = readFileSync(new URL("fixtures/synthetic-help-query-gpu.txt", import.meta.url), "utf8");
  expect(chooseColumns(help)).toEqual([...BASE_COLUMNS, "power.draw.average", "temperature.memory"]);
});

test("without help there are the columns that every driver has", () => {
  expect(chooseColumns("")).toEqual(BASE_COLUMNS);
});

test("one sweep, or an endless series of them", () => {
  expect(queryArguments(["timestamp", "uuid"])).toEqual(["--query-gpu=timestamp,uuid", "--format=csv,nounits"]);
  expect(queryArguments(["uuid"], { intervalMs: 100 })).toEqual([
    "--query-gpu=uuid",
    "--format=csv,nounits",
    "-lms",
    "100",
  ]);
});

test("of a column with two names the driver's own is asked for, and only some GPUs if only some are wanted", () => {
  expect(chooseColumns('"clocks_throttle_reasons.active" or "x"')).toContain("clocks_throttle_reasons.active");
  const both = chooseColumns('"clocks_throttle_reasons.active"\n"clocks_event_reasons.active"');
  expect(both).toContain("clocks_event_reasons.active");
  expect(both).not.toContain("clocks_throttle_reasons.active");
  expect(queryArguments(["uuid"], { uuids: ["GPU-a", "GPU-b"] })).toContain("--id=GPU-a,GPU-b");
});
