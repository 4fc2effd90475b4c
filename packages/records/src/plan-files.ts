import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RecordsError } from "./errors.ts";
import { hasCode } from "./has-code.ts";
import {
  type Plan,
  PlanJson,
  type PlanRow,
  PlanRowJson,
  planFromJson,
  planRowFromJson,
  planRowToJson,
  planToJson,
} from "./plan.ts";
import { parseJson, readJson } from "./read-json.ts";
import { readRowLines } from "./row-lines.ts";
import { createFile, toJsonText, writeFileAtomically } from "./write-file.ts";

/** Rows that are written at once. */
const BATCH = 1000;

/** Writes `rows.jsonl` and then `plan.json`, before anything runs: where there is a `plan.json`, the plan is complete. */
export async function writePlan(directory: string, plan: Plan): Promise<void> {
  await writeFileAtomically(join(directory, "rows.jsonl"), linesOf(plan.rows));
  await writeFileAtomically(join(directory, "plan.json"), toJsonText(planToJson(plan)));
}

/** Rows that follow one another in a plan. */
export interface RowRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Reads the plan of a session.
 *
 * @throws {RecordsError} `BAD_PLAN` when it is missing, cut or damaged, `TOO_NEW`.
 */
export async function readPlan(directory: string): Promise<Plan> {
  const plan = await readPlanJson(directory);
  const lines = await readLines(directory);
  // A longer list is a plan that was being extended: its first rows are the plan's
  if (lines.length < plan.planned) {
    const message = `${join(directory, "rows.jsonl")}: expected ${plan.planned} rows, found ${lines.length}`;
    throw new RecordsError("BAD_PLAN", message);
  }
  return planFromJson(plan, rowsOf(lines.slice(0, plan.planned), directory));
}

/** A plan of which only some rows were read. */
export interface PlanPart {
  /** With the rows that were asked for. */
  readonly plan: Plan;
  /** A few rows before these. */
  readonly earlier: readonly PlanRow[];
  /** How many rows the plan has. */
  readonly planned: number;
}

/**
 * Reads a plan with only some of its rows: of a plan of any length, a few kilobytes.
 *
 * @throws {RecordsError} `BAD_PLAN` when it is missing or damaged, or has no such rows; `TOO_NEW`.
 */
export async function readPlanPart(
  directory: string,
  { first, count }: RowRange,
  options: {
    /** So many rows before them are read as well, as far as there are any. */
    readonly earlier: number;
  },
): Promise<PlanPart> {
  const plan = await readPlanJson(directory);
  if (first < 0 || first + count > plan.planned) {
    const wanted = count === 1 ? `row ${first}` : `rows ${first} to ${first + count - 1}`;
    const message = `${directory}: expected a row from 0 to ${plan.planned - 1}, found ${wanted}`;
    throw new RecordsError("BAD_PLAN", message);
  }
  const before = Math.min(options.earlier, first);
  const range = { first: first - before, count: before + count };
  const rows = rowsOf(await readRowLines(join(directory, "rows.jsonl"), range), directory, range.first);
  return { plan: planFromJson(plan, rows.slice(before)), earlier: rows.slice(0, before), planned: plan.planned };
}

function rowsOf(lines: readonly string[], directory: string, first = 0): readonly PlanRow[] {
  return lines.map((line, position) => {
    const index = first + position;
    const where = `${join(directory, "rows.jsonl")}:${index + 1}`;
    const row = planRowFromJson(parseJson(line, where, PlanRowJson, "BAD_PLAN"));
    if (row.row !== index) throw new RecordsError("BAD_PLAN", `${where}: expected row ${index}, found ${row.row}`);
    return row;
  });
}

/**
 * Reads everything of a plan but its rows.
 *
 * @throws {RecordsError} `BAD_PLAN` when it is missing or damaged, `TOO_NEW`.
 */
export async function readPlanJson(directory: string): Promise<PlanJson> {
  const path = join(directory, "plan.json");
  return readJson(path, PlanJson, "BAD_PLAN").catch((cause: unknown) => {
    if (!hasCode(cause, "ENOENT", "ENOTDIR")) throw cause;
    const what = existsSync(directory)
      ? "expected a session's plan, found no such file: not a session, or one that ended before its plan was written, and then nothing of it has run"
      : "expected a session's plan, found no such directory";
    throw new RecordsError("BAD_PLAN", `${path}: ${what}`, { cause });
  });
}

/**
 * Makes a plan longer. The old one stays as `plan.1.json`, `plan.2.json` …; its rows stay as they are, to the letter, and
 * fields of `plan.json` that `plan` does not know stay too. A process that dies in between leaves the old plan in force.
 *
 * @param plan the longer plan; its first rows are those on disk.
 */
export async function extendPlan(directory: string, plan: Plan): Promise<void> {
  const path = join(directory, "plan.json");
  const old = await readFile(path, "utf8");
  const known = parseJson(old, path, PlanJson, "BAD_PLAN");
  await keepAs((count) => join(directory, `plan.${count}.json`), old);
  const lines = (await readLines(directory)).slice(0, known.planned).map((line) => `${line}\n`);
  await writeFileAtomically(
    join(directory, "rows.jsonl"),
    [...lines, ...plan.rows.slice(known.planned).map(lineOf)].join(""),
  );
  await writeFileAtomically(path, toJsonText({ ...known, ...planToJson(plan) }));
}

async function keepAs(pathOf: (count: number) => string, text: string): Promise<void> {
  for (let count = 1; ; count += 1) {
    try {
      await createFile(pathOf(count), text);
      return;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/** Some at a time: of 100,000 rows the text would be 50 MB. */
async function* linesOf(rows: readonly PlanRow[]): AsyncGenerator<string, void> {
  for (let start = 0; start < rows.length; start += BATCH) {
    yield rows
      .slice(start, start + BATCH)
      .map(lineOf)
      .join("");
  }
}

function lineOf(row: PlanRow): string {
  return `${JSON.stringify(planRowToJson(row))}\n`;
}

async function readLines(directory: string): Promise<readonly string[]> {
  const path = join(directory, "rows.jsonl");
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    if (!hasCode(cause, "ENOENT")) throw cause;
    throw new RecordsError("BAD_PLAN", `${path}: expected the rows of the plan, found no such file`, { cause });
  });
  return text.split("\n").filter((line) => line !== "");
}
