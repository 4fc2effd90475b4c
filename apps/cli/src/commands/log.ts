import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { claimHolder } from "@ea/records";
import { configError } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { findRow } from "../row/find-row.ts";
import { followText } from "../row/follow-text.ts";
import type { LogFlags } from "../row/row-options.ts";
import type { Terminal } from "../terminal.ts";

/** `ea log`: what a training prints. */
export async function log(flags: LogFlags, terminal: Terminal): Promise<number> {
  const row = findRow(flags.id, flags.results, terminal);
  const attempt = attemptIn(row, flags.attempt);
  const path = join(attempt, "training.log");
  if (!existsSync(path)) {
    const message = "expected the log, found none: logs of failed attempts go after a success, unless --keep-failed";
    throw configError([{ file: path, path: "", message }]);
  }
  const hasEnded = async (): Promise<boolean> =>
    !flags.follow || existsSync(join(attempt, "attempt.json")) || (await claimHolder(row)) === undefined;
  await interruptible(terminal, { words: "" }, ({ signal }) =>
    followText(path, { out: terminal.out, hasEnded, signal }),
  );
  return EXIT.ok;
}

function attemptIn(row: string, wanted: string | undefined): string {
  const numbers = readdirSync(row)
    .flatMap((name) => /^attempt_(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const number = wanted === undefined ? numbers.at(-1) : numbers.find((each) => String(each) === wanted.trim());
  if (number !== undefined) return join(row, `attempt_${number}`);
  const message = `expected ${wanted === undefined ? "an attempt" : `attempt ${wanted}`}, found ${numbers.join(", ") || "none"}`;
  throw configError([{ file: row, path: "--attempt", message }]);
}
