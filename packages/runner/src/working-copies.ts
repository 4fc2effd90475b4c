import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isoWithOffset, type PlanRow, safeName } from "@ea/records";
import type { Clock } from "./clock.ts";
import type { OnEvent } from "./events.ts";
import type { ProcessIdentity } from "./process-identity.ts";
import type { OpenSession } from "./session-options.ts";
import type { TrainingScript } from "./training-script.ts";
import { type IntendedCopy, intendCopy, type PlacedLoad, placeLoad } from "./working-copy.ts";
import { type OwnerJson, removeAbandoned, removeOwned, writeOwner } from "./working-copy-owner.ts";

/** What making and removing working copies needs. */
export interface CopyContext {
  readonly identity: ProcessIdentity;
  readonly tag: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onEvent: OnEvent;
}

/** The directories that the background loads of a session run in. */
export interface WorkingCopies {
  /** Where the load beside a row runs; `undefined` for a row that has none. */
  readonly of: (row: PlanRow) => PlacedLoad | undefined;
  /** Removes them; what cannot be removed is a warning, and tried again by the next resume. */
  readonly remove: () => Promise<void>;
}

/**
 * Makes the working copies that the rows need, once for each repository, and removes those of processes that are gone.
 *
 * @throws {RunnerError} `NOT_FIT` when one cannot be made.
 */
export async function makeWorkingCopies(
  session: OpenSession,
  rows: readonly PlanRow[],
  context: CopyContext,
): Promise<WorkingCopies> {
  const parent = join(session.directory, "working-copies");
  await removeAbandoned(parent, context);
  const intended = await intendCopies(session, rows);
  const own = join(parent, context.tag);
  const copies = [...intended.entries()].filter(([, { state }]) => state.kind !== "none");
  const pathOf = (key: string): string => {
    const index = copies.findIndex(([each]) => each === key);
    return join(own, `${index}_${safeName(intended.get(key)?.repository ?? "")}`);
  };
  const worktrees = copies.flatMap(([key, { state, git }]) =>
    state.kind === "worktree" && git ? [{ root: git.root, path: pathOf(key) }] : [],
  );
  const { identity, tag, clock, onEvent, signal } = context;
  const owner: OwnerJson = { ...identity, tag, claimed_at: isoWithOffset(clock.now()), worktrees };
  const remove = async (): Promise<void> => {
    if (copies.length > 0) await removeOwned(parent, owner, onEvent);
  };
  const placed = new Map<string, PlacedLoad>();
  try {
    if (copies.length > 0) {
      // First whose they are: whatever happens from here on, the next resume knows what to remove
      await writeOwner(parent, owner);
      await mkdir(own);
    }
    for (const [key, copy] of intended) {
      if (signal.aborted) break;
      placed.set(key, await placeLoad(copy, pathOf(key), signal));
    }
  } catch (error) {
    await remove();
    if (!signal.aborted) throw error;
  }
  return { of: (row) => placed.get(keyOf(row)), remove };
}

async function intendCopies(session: OpenSession, rows: readonly PlanRow[]) {
  const leftOut = [dirname(session.directory)];
  const intended = new Map<string, IntendedCopy>();
  for (const row of rows) {
    const { background } = row;
    if (!background || intended.has(keyOf(row))) continue;
    const script = scriptOf(session, background.repository);
    const beside = scriptOf(session, row.repository).workingDirectory;
    intended.set(keyOf(row), await intendCopy(background, { script, beside, leftOut }));
  }
  return intended;
}

/** Rows with the same one share a working copy. */
function keyOf({ repository, background }: PlanRow): string {
  return background ? JSON.stringify([background.repository, background.workingCopy, repository]) : "";
}

function scriptOf({ scripts }: OpenSession, repository: string): TrainingScript {
  const script = scripts.get(repository);
  if (!script) throw new RangeError(`the plan names a repository that was not prepared: ${repository}`);
  return script;
}
