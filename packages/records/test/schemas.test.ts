import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it, test } from "vitest";
import { AttemptJson, attemptToJson } from "../src/attempt.ts";
import { ClaimJson } from "../src/claim.ts";
import { PlanJson, PlanRowJson, planRowToJson, planToJson } from "../src/plan.ts";
import { outcomeToJson, RecordJson } from "../src/record.ts";
import { StatusJson } from "../src/status.ts";
import { EXAMPLE_ATTEMPT, EXAMPLE_ROW, exampleOutcome } from "./example-outcome.ts";

const WRITER = { host: "node1", boot_id: "b", pid_namespace: "pid:[1]", pid: 7, process_start_ticks: "100" };
const NOW = "2026-11-23T17:47:23.000+00:00";
const COUNTS = { planned: 1, completed: 0, failed: 0, suspect: 0 };

/** Each file of ours, its schema, and one that is right. */
const FILES = [
  ["experiment", RecordJson, outcomeToJson(exampleOutcome())],
  ["attempt", AttemptJson, attemptToJson(EXAMPLE_ATTEMPT)],
  [
    "plan",
    PlanJson,
    planToJson({
      toolVersion: "0.1.0",
      session: "s",
      seed: "42",
      warnings: [],
      experiments: [],
      rows: [EXAMPLE_ROW],
      policies: {},
    }),
  ],
  ["row", PlanRowJson, planRowToJson(EXAMPLE_ROW)],
  ["claim", ClaimJson, { ...WRITER, tag: "t", claimed_at: NOW }],
  [
    "status",
    StatusJson,
    { schema_version: 1, session: "s", state: "running", updated_at: NOW, writer: WRITER, ...COUNTS, current: null },
  ],
] as const;

/** JSON Schema does not know the words of zod's date formats; the pattern beside them says the same. */
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, validateFormats: false });

describe.each(FILES)("schemas/%s.schema.json", (name, schema, example) => {
  const path = new URL(`../schemas/${name}.schema.json`, import.meta.url);
  const published = { title: name, ...schema.toJSONSchema({ io: "input" }) };

  it("is the schema that we read by; `vitest -u` writes it anew", async () => {
    await expect(`${JSON.stringify(published, undefined, 2)}\n`).toMatchFileSnapshot(path.pathname);
  });

  it("accepts what we write, with fields that it does not know", () => {
    const isValid = ajv.compile(JSON.parse(readFileSync(path, "utf8")));
    expect([isValid({ ...example, laboratory: { room: 7 } }), isValid.errors]).toEqual([true, null]);
  });

  it.each(Object.keys(published.properties ?? {}).slice(0, 5))(
    "refuses what lacks %s or has another type there",
    (key) => {
      const isValid = ajv.compile(JSON.parse(readFileSync(path, "utf8")));
      expect(isValid({ ...example, [key]: undefined })).toBe(false);
      expect(isValid({ ...example, [key]: [[]] })).toBe(false);
    },
  );
});

test("fields that we do not know survive a read and a write, on every level", () => {
  const record = outcomeToJson(exampleOutcome());
  const marked = mark(JSON.parse(JSON.stringify(record)));
  expect(RecordJson.parse(marked)).toEqual(marked);
});

/** Adds a field to every object that has fields of ours. */
function mark(value: unknown, isOurs = true): unknown {
  if (Array.isArray(value)) return value.map((item) => mark(item));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, mark(inner, !USERS.includes(key))]);
  return { ...Object.fromEntries(entries), ...(isOurs && { laboratory: "7b" }) };
}

/** Objects whose keys are names of users, or any. */
const USERS = [
  "hyperparameters",
  "performance_metrics",
  "meter_cpu_seconds",
  "meter_windows",
  "libraries",
  "variables",
  "evidence",
];
