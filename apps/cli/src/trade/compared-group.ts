import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { byConfiguration, type ConfigurationRuns, withKeys } from "@ea/analysis";
import { type RecordJson, readPlan, readRecords } from "@ea/records";
import { configError } from "@ea/runner";
import { findRow } from "../row/find-row.ts";
import { sessionPath } from "../session/session-path.ts";
import type { Terminal } from "../terminal.ts";

/** Runs of one configuration that may be compared. */
export interface ComparedGroup {
  readonly label: string;
  readonly session: string;
  /** Successful runs without a flag that says that their numbers are wrong. */
  readonly records: readonly RecordJson[];
  /** Runs of the configuration that are left out: failed, suspect, or flagged with an error. */
  readonly leftOut: number;
}

/**
 * All repetitions of the configuration that a run or a session stands for.
 *
 * @throws {RunnerError} `CONFIG` when it is none, when a session has several configurations, or nothing can be compared.
 */
export async function comparedGroup(given: string, results: string, terminal: Terminal): Promise<ComparedGroup> {
  const { session, row } = await find(given, results, terminal);
  const plan = await readPlan(session);
  const groups = byConfiguration(withKeys(await readRecords(session), plan.rows));
  const wanted = row === undefined ? groups : groups.filter(({ records }) => records.some((each) => each.row === row));
  const [group, ...others] = wanted;
  if (!group) throw problem(given, "expected a run that has ended, found none");
  if (others.length > 0) {
    throw problem(given, `expected a run, or a session of one configuration, found ${wanted.length} configurations`);
  }
  const records = group.records.filter(isComparable);
  if (records.length === 0)
    throw problem(given, "expected a successful run without flags of severity error, found none");
  return { label: labelOf(group), session: plan.session, records, leftOut: group.records.length - records.length };
}

function isComparable({ status, flags }: RecordJson): boolean {
  return status === "success" && flags.every(({ severity }) => severity !== "error");
}

function labelOf({ repository, model, label }: ConfigurationRuns): string {
  return `${repository}/${model} ${label}`;
}

async function find(
  given: string,
  results: string,
  terminal: Terminal,
): Promise<{ readonly session: string; readonly row: number | undefined }> {
  for (const path of [join(terminal.workingDirectory, given), join(terminal.workingDirectory, results, given), given]) {
    if (existsSync(join(path, "plan.json"))) return { session: sessionPath(given, results, terminal), row: undefined };
  }
  const directory = findRow(given, results, terminal);
  return { session: dirname(directory), row: Number.parseInt(basename(directory), 10) };
}

function problem(given: string, message: string): Error {
  return configError([{ file: given, path: "", message }]);
}
