import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { execa } from "execa";
import { isInside } from "./working-copy-tree.ts";

const TIMEOUT_MS = 600_000;

/** A git repository around a training's directory. */
export interface GitState {
  /** Its root. */
  readonly root: string;
  /** Path of the training's directory below the root; empty when it is the root. */
  readonly prefix: string;
  readonly commit: string;
  /** Whether there are changes since the commit. */
  readonly dirty: boolean;
  /** Why a worktree would not be the same as the directory; `undefined` when it would. */
  readonly lacking: string | undefined;
}

/** How git sees a directory; `undefined` when it does not. */
export async function gitStateOf(directory: string, leftOut: readonly string[]): Promise<GitState | undefined> {
  const where = await git(directory, ["rev-parse", "--show-toplevel", "--show-prefix", "--verify", "HEAD"]);
  const [root, prefix, commit] = where?.split("\n") ?? [];
  if (root === undefined || prefix === undefined || commit === undefined) return undefined;
  const excluded = leftOut.filter((path) => isInside(path, root)).map((path) => relative(root, path));
  const status = await git(directory, [
    "status",
    "--porcelain=v1",
    "--ignored",
    "--untracked-files=normal",
    "--",
    ":/",
    ...excluded.map((path) => `:(exclude,top,literal)${path}`),
    ":(exclude,top,glob)**/__pycache__/**",
  ]);
  if (status === undefined) return undefined;
  const lines = status.split("\n").filter((line) => line !== "");
  const dirty = lines.some((line) => !line.startsWith("!!"));
  const ignored = lines.filter((line) => line.startsWith("!!")).map((line) => line.slice(3));
  const inPath = ignored.find((path) => path.startsWith(prefix) || prefix.startsWith(path));
  return { root, prefix, commit, dirty, lacking: lackingIn(root, { dirty, ignored: inPath }) };
}

function lackingIn(root: string, { dirty, ignored }: { dirty: boolean; ignored: string | undefined }) {
  if (dirty) return "it has changes that are not committed";
  if (ignored !== undefined) return `it has files that git ignores (${ignored})`;
  return existsSync(join(root, ".gitmodules")) ? "it has submodules" : undefined;
}

/** Checks the commit out in a new directory; `false` when git does not. */
export async function addWorktree({ root, commit }: GitState, directory: string): Promise<boolean> {
  // A user's hooks are not about us
  const args = ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "--detach", directory, commit];
  return (await git(root, args)) !== undefined;
}

/** Removes a worktree and what the repository knows of it, also when one of the two is gone already. */
export async function removeWorktree(root: string, directory: string): Promise<void> {
  const removed = await git(root, ["worktree", "remove", "--force", "--force", directory]);
  if (removed !== undefined) return;
  await rm(directory, { recursive: true, force: true });
  await git(root, ["worktree", "prune"]);
}

async function git(directory: string, args: readonly string[]): Promise<string | undefined> {
  const { failed, stdout } = await execa(
    "git",
    ["--no-optional-locks", "-c", "core.quotePath=false", "-C", directory, ...args],
    {
      reject: false,
      stdin: "ignore",
      timeout: TIMEOUT_MS,
      // Those that git sets for its hooks would lead it elsewhere
      env: { LC_ALL: "C", GIT_DIR: undefined, GIT_WORK_TREE: undefined, GIT_INDEX_FILE: undefined },
    },
  );
  return failed ? undefined : stdout;
}
