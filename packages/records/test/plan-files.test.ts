import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, assert, asyncProperty, nat } from "fast-check";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { type Plan, PlanRowJson } from "../src/plan.ts";
import { extendPlan, readPlan, readPlanPart, writePlan } from "../src/plan-files.ts";
import { EXAMPLE_ROW } from "./example-outcome.ts";

let session = "";
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "ea-session-"));
});
afterEach(() => rmSync(session, { recursive: true, force: true }));

const row = (number: number) => ({ ...EXAMPLE_ROW, row: number });
const PLAN: Plan = {
  toolVersion: "0.1.0",
  session: "s",
  seed: "42",
  warnings: ["Note: x"],
  experiments: [],
  rows: [row(0), row(1)],
  policies: { order: "block" },
  request: { project: "/code" },
  basis: { scripts: {} },
};
const textOf = (name: string): string => readFileSync(join(session, name), "utf8");

test("the plan is two files: what holds for all, and one row a line", async () => {
  const plan: Plan = {
    toolVersion: "0.1.0",
    session: "s",
    seed: "42",
    warnings: [],
    experiments: [],
    rows: [EXAMPLE_ROW, { ...EXAMPLE_ROW, row: 8 }],
    policies: {},
  };
  await writePlan(session, plan);
  expect(JSON.parse(readFileSync(join(session, "plan.json"), "utf8"))).toMatchObject({ session: "s", planned: 2 });
  const lines = readFileSync(join(session, "rows.jsonl"), "utf8").split("\n");
  expect(lines.slice(0, -1).map((line) => PlanRowJson.parse(JSON.parse(line)).row)).toEqual([7, 8]);
  expect(lines.at(-1)).toBe("");
  await writePlan(session, { ...plan, rows: [] });
  expect(readFileSync(join(session, "rows.jsonl"), "utf8")).toBe("");
});

test("a plan is read as it was written", async () => {
  await writePlan(session, PLAN);
  expect(await readPlan(session)).toEqual(PLAN);
});

describe("a directory is no session, and the message says why,", () => {
  it.each<[string, () => void, RegExp]>([
    ["when it is not there", () => rmSync(session, { recursive: true }), /plan\.json: .* found no such directory$/],
    ["when it has no plan yet", () => rmSync(join(session, "plan.json")), /plan\.json: .* nothing of it has run$/],
    ["when its plan is cut", () => writeFileSync(join(session, "plan.json"), textOf("plan.json").slice(0, 99)), /JSON/],
    ["when it has no rows", () => rmSync(join(session, "rows.jsonl")), /rows\.jsonl: .* found no such file$/],
    ["when rows are missing", () => writeFileSync(join(session, "rows.jsonl"), ""), /expected 2 rows, found 0$/],
    [
      "when a row is cut",
      () => writeFileSync(join(session, "rows.jsonl"), textOf("rows.jsonl").slice(0, -20)),
      /rows\.jsonl:2: expected JSON/,
    ],
    [
      "when rows are mixed up",
      () => writeFileSync(join(session, "rows.jsonl"), textOf("rows.jsonl").split("\n").toReversed().join("\n")),
      /rows\.jsonl:1: expected row 0, found 1/,
    ],
  ])("%s", async (_, damage, message) => {
    await writePlan(session, PLAN);
    damage();
    await expect(readPlan(session)).rejects.toMatchObject({
      code: "BAD_PLAN",
      message: expect.stringMatching(message),
    });
  });
});

test("a plan of a later version is refused", async () => {
  await writePlan(session, PLAN);
  writeFileSync(join(session, "plan.json"), textOf("plan.json").replace('"schema_version": 1', '"schema_version": 2'));
  await expect(readPlan(session)).rejects.toMatchObject({ code: "TOO_NEW" });
});

describe("a longer plan", () => {
  const LONGER: Plan = { ...PLAN, warnings: [], rows: [...PLAN.rows, row(2), row(3)] };

  it("is a superset: rows that stand stay to the letter, and the old plan is kept", async () => {
    await writePlan(session, PLAN);
    writeFileSync(join(session, "rows.jsonl"), textOf("rows.jsonl").replace('{"row":0', '{"note":"mine","row":0'));
    const [plan, rows] = [textOf("plan.json"), textOf("rows.jsonl")];
    await extendPlan(session, LONGER);
    expect(await readPlan(session)).toEqual(LONGER);
    expect(textOf("plan.1.json")).toBe(plan);
    expect(textOf("rows.jsonl").startsWith(rows)).toBe(true);
    expect(readdirSync(session).sort()).toEqual(["plan.1.json", "plan.json", "rows.jsonl"]);
  });

  it("keeps fields of the plan that we do not know", async () => {
    await writePlan(session, PLAN);
    writeFileSync(join(session, "plan.json"), textOf("plan.json").replace("{", '{ "laboratory": { "room": 7 },'));
    await extendPlan(session, LONGER);
    expect(JSON.parse(textOf("plan.json"))).toMatchObject({ laboratory: { room: 7 }, planned: 4 });
  });

  it("that was not finished leaves the shorter one in force", async () => {
    await writePlan(session, PLAN);
    const old = textOf("plan.json");
    await extendPlan(session, LONGER);
    writeFileSync(join(session, "plan.json"), old);
    expect(await readPlan(session)).toEqual(PLAN);
    await extendPlan(session, LONGER);
    expect(await readPlan(session)).toEqual(LONGER);
    expect(textOf("plan.2.json")).toBe(old);
  });
});

describe("a part of a plan", () => {
  const readRow = (first: number) => readPlanPart(session, { first, count: 1 }, { earlier: 0 });

  it("has the same rows as the whole one, however long their lines are", async () => {
    const lengths = array(nat(20_000), { minLength: 1, maxLength: 40 });
    await assert(
      asyncProperty(lengths, nat(), nat(), async (argvLengths, at, many) => {
        const rows = argvLengths.map((length, number) => ({ ...row(number), argv: ["ä".repeat(length)] }));
        const first = at % rows.length;
        const count = 1 + (many % (rows.length - first));
        await writePlan(session, { ...PLAN, rows });
        const part = await readPlanPart(session, { first, count }, { earlier: 3 });
        expect(part).toEqual({
          plan: { ...PLAN, rows: rows.slice(first, first + count) },
          earlier: rows.slice(Math.max(0, first - 3), first),
          planned: rows.length,
        });
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it("is not asked for beyond the plan's end, where a list that was being made longer may go on", async () => {
    await writePlan(session, PLAN);
    const longer = `${textOf("rows.jsonl")}${textOf("rows.jsonl").replaceAll('"row":', '"row":1')}`;
    writeFileSync(join(session, "rows.jsonl"), longer);
    expect((await readRow(1)).plan.rows).toEqual([row(1)]);
    await expect(readRow(2)).rejects.toThrow(/expected a row from 0 to 1, found row 2/);
  });

  it("says which row is missing or damaged", async () => {
    await writePlan(session, PLAN);
    const [zero = "", one = ""] = textOf("rows.jsonl").split("\n");
    writeFileSync(join(session, "rows.jsonl"), `${zero}\n`);
    await expect(readRow(1)).rejects.toThrow(/rows\.jsonl: expected row 1, found no/);
    writeFileSync(join(session, "rows.jsonl"), `${zero}\n${one}`);
    await expect(readRow(1)).rejects.toThrow(/expected row 1, found no such line/);
    writeFileSync(join(session, "rows.jsonl"), `${zero}\n{"row":1}\n`);
    await expect(readRow(1)).rejects.toThrow(/rows\.jsonl:2: experiment/);
    rmSync(join(session, "rows.jsonl"));
    await expect(readRow(1)).rejects.toThrow(/found no such file/);
  });
});
