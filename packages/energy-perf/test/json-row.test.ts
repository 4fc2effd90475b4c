import { describe, expect, test } from "vitest";
import { readJsonRow } from "../src/json-row.ts";

const object = (fields: string): string =>
  `{${fields}"unit" : "Joules", "event" : "power/energy-pkg/", "pcnt-running" : 100.00}`;

describe("rows", () => {
  test.each([
    [
      object('"counter-value" : "88.445740", '),
      { joules: 88.44574, label: undefined, timeSeconds: undefined, isMean: false },
    ],
    [object('"counter-value" : 88.445740, '), { joules: 88.44574 }],
    [
      object('"interval" : 1.001048308, "counter-value" : "1.500000", "variance" : 0.71, '),
      { timeSeconds: 1.001048308, isMean: true },
    ],
    [
      object('"core" : "S0-D0-C1", "aggregate-number" : 0, "counter-value" : "<not counted>", '),
      { label: "S0-D0-C1", cpus: 0, absence: "<not counted>" },
    ],
    [object('"cpu" : "3", "counter-value" : "1.500000", '), { label: "CPU3" }],
    [object('"thread" : "sh-12", "counter-value" : "<not supported>", '), { label: "sh-12", joules: undefined }],
    ['{"counter-value" : "<not supported>", "unit" : "", "event" : "power/energy-ram/u", }', { event: "energy-ram" }],
    [
      '{"counter-value" : "1.500000", "unit" : "Joules", "event" : "power/energy-pkg/", "event-runtime" : 1500000000,\n}',
      { countedSeconds: 1.5 },
    ],
  ])("%s", (text, row) => {
    expect(readJsonRow(text)).toMatchObject(row);
  });

  test.each([
    '{"counter-value" : "1.000000", "unit" : "", "event" : "cycles"}',
    '{"metric-value" : 237.237504, "metric-unit" : "MB/s"}',
    '{"event" : null, "counter-value" : "1.000000"}',
  ])("%s is about something else", (text) => {
    expect(readJsonRow(text)).toBe("other");
  });

  test.each(['{"loss" : 0.5}', "{}", '{"loss" : {"a" : 1}', "{ x }", "[1]", "null"])(
    "%s is no object of perf's",
    (text) => {
      expect(readJsonRow(text)).toBeUndefined();
    },
  );
});

describe("refused", () => {
  test.each([
    [
      "unquoted decimal commas",
      '{"counter-value" : "19,630000", "unit" : "Joules", "pcnt-running" : 100,00}',
      "AMBIGUOUS",
    ],
    ["a decimal comma", object('"counter-value" : "19,630000", '), "AMBIGUOUS"],
    ["no number", object('"counter-value" : "nan", '), "BAD_OUTPUT"],
    ["a negative number", object('"counter-value" : -1.5, '), "BAD_OUTPUT"],
    ["a raw count", '{"counter-value" : "5.000000", "unit" : "", "event" : "power/energy-pkg/"}', "BAD_OUTPUT"],
    ["a torn object", '{"counter-value" : "19.63{"interval" : 1}', "BAD_OUTPUT"],
  ])("%s", (_, text, code) => {
    expect(() => readJsonRow(text)).toThrow(expect.objectContaining({ code }));
  });
});
