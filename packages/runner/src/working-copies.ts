import { mkdir, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ClaimJson, isoWithOffset, type PlanRow, safeName, toJsonText, writeFileAtomically } from "@ea/records";
import { z } from "zod";
import type { Clock } from "./clock.ts";
import type { OnEvent } from "./events.ts";
import { endLeftovers } from "./leftovers.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import type { OpenSession } from "./session-options.ts";
import type { TrainingScript } from "./training-script.ts";
import { type IntendedCopy, intendCopy, type PlacedLoad, placeLoad } from "./working-copy.ts";
import { removeWorktree } from "./working-copy-git.ts";

/** Whose working copies lie in the directory of the same name, and what git knows of them. */
const OwnerJson = ClaimJson.extend({ worktrees: z.array(z.looseObject({ root: z.string(), path: z.string() })) });
type OwnerJson = z.infer<typeof OwnerJson>;

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
      await mkdir(parent, { recursive: true });
      // First whose they are: whatever happens from here on, the next resume knows what to remove
      await writeFileAtomically(join(parent, `${tag}.json`), toJsonText(owner));
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

/** Removes working copies of processes that are gone, after what they have left running in them. */
async function removeAbandoned(parent: string, { identity, onEvent }: CopyContext): Promise<void> {
  const names = await readdir(parent).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names.filter((each) => each.endsWith(".json"))) {
    const path = join(parent, name);
    const owner = await readOwner(path);
    if (!owner) {
      const message = `the working copies of ${path} stay: it does not say whose they are`;
      onEvent({ type: "warning", code: "working-copy", message });
    } else if (isAlive(owner, identity) === false) {
      await endLeftovers([owner], identity, onEvent);
      await removeOwned(parent, owner, onEvent);
    }
  }
}

/** `undefined` for a file that is damaged; one that another process has removed meanwhile is too. */
async function readOwner(path: string): Promise<OwnerJson | undefined> {
  const text = await readFile(path, "utf8").catch(() => "");
  try {
    return OwnerJson.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function removeOwned(parent: string, { tag, worktrees }: OwnerJson, onEvent: OnEvent): Promise<void> {
  try {
    for (const { root, path } of worktrees) await removeWorktree(root, path);
    await rm(join(parent, tag), { recursive: true, force: true });
    await rm(join(parent, `${tag}.json`), { force: true });
    await rmdir(parent).catch((error: unknown) => {
      const isOthers = error instanceof Error && "code" in error && error.code === "ENOTEMPTY";
      if (!isOthers) throw error;
    });
  } catch (error) {
    // The records are written and right; a directory that stays is no reason to end the session
    const why = error instanceof Error ? error.message : String(error);
    onEvent({ type: "warning", code: "working-copy", message: `a working copy could not be removed: ${why}` });
  }
}
