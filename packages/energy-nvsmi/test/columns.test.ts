import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BASE_COLUMNS, chooseColumns, queryArguments } from "../src/columns.ts";

test("newer columns are asked for when the driver names them", () => {
  const help = readFileSync(new URL("fixtures/synthetic-help-query-gpu.txt", import.meta.url), "utf8");
  expect(chooseColumns(help)).toEqual([...BASE_COLUMNS, "temperature.memory", "power.draw.average"]);
});

test("without help there are the columns that every driver has", () => {
  expect(chooseColumns("")).toEqual(BASE_COLUMNS);
});

test("one sweep, or an endless series of them", () => {
  expect(queryArguments(["timestamp", "uuid"])).toEqual(["--query-gpu=timestamp,uuid", "--format=csv,nounits"]);
  expect(queryArguments(["uuid"], 100)).toEqual(["--query-gpu=uuid", "--format=csv,nounits", "-lms", "100"]);
});
