import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readAttempt, recordPath } from "@ea/records";
import { TIME_LIMIT_FLAG } from "../judge.ts";

/** How the rows of a session are, as their directories tell. */
export interface RowStates {
  /** They have a record. */
  readonly ended: ReadonlySet<number>;
  /** They have none, and their last attempt was ended by the time limit of its job. */
  readonly outOfTime: ReadonlySet<number>;
}

/** Looks at the rows that have begun; the plan is not read, nor is any record. */
export async function rowStates(session: string): Promise<RowStates> {
  const ended = new Set<number>();
  const outOfTime = new Set<number>();
  for (const name of await readdir(session)) {
    const [, digits] = /^(\d{3,})_(?!\d{6}_)/.exec(name) ?? [];
    if (digits === undefined) continue;
    const directory = join(session, name);
    if (existsSync(recordPath(directory))) ended.add(Number(digits));
    else if (await isOutOfTime(directory)) outOfTime.add(Number(digits));
  }
  return { ended, outOfTime };
}

async function isOutOfTime(rowDirectory: string): Promise<boolean> {
  const numbers = (await readdir(rowDirectory)).flatMap((name) => /^attempt_(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  if (numbers.length === 0) return false;
  const last = await readAttempt(join(rowDirectory, `attempt_${Math.max(...numbers)}`));
  return last?.flags.some(({ code }) => code === TIME_LIMIT_FLAG) ?? false;
}
