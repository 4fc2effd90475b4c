import { realpath } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { PlannedBackground, WorkingCopyState } from "@ea/records";
import { RunnerError } from "./errors.ts";
import type { TrainingScript } from "./training-script.ts";
import { addWorktree, type GitState, gitStateOf } from "./working-copy-git.ts";
import { copyTree, isInside } from "./working-copy-tree.ts";

/** A directory that a background load is to have to itself. */
export interface IntendedCopy {
  readonly repository: string;
  /** Of the original. */
  readonly script: TrainingScript;
  /** Absolute path of the original. */
  readonly source: string;
  readonly git: GitState | undefined;
  readonly state: WorkingCopyState;
  /** Absolute paths that are not copied. */
  readonly leftOut: readonly string[];
}

/** A load in a directory that nothing else uses. */
export interface PlacedLoad {
  readonly script: TrainingScript;
  readonly state: WorkingCopyState;
}

/**
 * Decides where a background load runs: in its own repository when the foreground is elsewhere, else in a git worktree, or
 * in a copy where a worktree would lack something.
 *
 * @throws {RunnerError} `NOT_FIT` when a worktree is asked for that would not be the same.
 */
export async function intendCopy(
  { repository, workingCopy }: Pick<PlannedBackground, "repository" | "workingCopy">,
  {
    script,
    beside,
    leftOut: wanted,
  }: { readonly script: TrainingScript; readonly beside: string; readonly leftOut: readonly string[] },
): Promise<IntendedCopy> {
  const [source, foreground] = await Promise.all([script.workingDirectory, beside].map((path) => realpath(path)));
  if (source === undefined || foreground === undefined) throw new RangeError("expected two directories");
  const { VIRTUAL_ENV: venv } = script.variables;
  const leftOut = [...wanted, ...(venv === undefined ? [] : [venv])].filter((path) => path !== source);
  const git = await gitStateOf(source, leftOut);
  const facts = { commit: git?.commit, dirty: git?.dirty };
  const isShared = isInside(source, foreground) || isInside(foreground, source);
  const common = { repository, script, source, git, leftOut };
  if (workingCopy === "auto" && !isShared) {
    return { ...common, state: { kind: "none", reason: "the foreground is in another directory", ...facts } };
  }
  const why = isShared ? "the foreground is in the same directory" : "asked for";
  const lacking = git ? git.lacking : "it is in no git repository";
  if (workingCopy === "worktree" && lacking !== undefined) {
    const message = `A worktree of ${repository} is asked for, but ${lacking}; "working_copy": "copy" takes it as it is`;
    throw new RunnerError("NOT_FIT", message);
  }
  if (workingCopy === "copy" || lacking !== undefined) {
    const reason = workingCopy === "copy" ? why : `${why}; no worktree: ${lacking}`;
    return { ...common, state: { kind: "copy", reason, ...facts } };
  }
  return { ...common, state: { kind: "worktree", reason: why, ...facts } };
}

/**
 * Makes what was intended, in a directory that does not exist yet.
 *
 * @throws {RunnerError} `NOT_FIT` when it cannot be made.
 */
export async function placeLoad(
  { repository, script, source, git, state, leftOut }: IntendedCopy,
  directory: string,
  signal: AbortSignal,
): Promise<PlacedLoad> {
  if (state.kind === "none") return { script, state };
  if (state.kind === "worktree" && git && (await addWorktree(git, directory))) {
    return { script: moved(script, join(directory, git.prefix)), state };
  }
  try {
    await copyTree(source, directory, { leftOut, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new RunnerError("NOT_FIT", `A copy of ${repository} could not be made: ${why}`, { cause: error });
  }
  const reason = state.kind === "worktree" ? `${state.reason}; git made no worktree` : state.reason;
  return { script: moved(script, directory), state: { ...state, kind: "copy", reason } };
}

function moved(script: TrainingScript, workingDirectory: string): TrainingScript {
  if (!isInside(script.script, script.workingDirectory)) return { ...script, workingDirectory };
  const path = resolve(workingDirectory, relative(script.workingDirectory, script.script));
  return { ...script, workingDirectory, script: path };
}
