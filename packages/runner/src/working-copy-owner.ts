import { mkdir, readdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { ClaimJson, toJsonText, writeFileAtomically } from "@ea/records";
import { z } from "zod";
import type { OnEvent } from "./events.ts";
import { endLeftovers } from "./leftovers.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import { removeWorktree } from "./working-copy-git.ts";

/** Whose working copies lie in the directory of the same name, and what git knows of them. */
const OwnerJson = ClaimJson.extend({ worktrees: z.array(z.looseObject({ root: z.string(), path: z.string() })) });
/** Whose working copies lie in the directory of the same name, and what git knows of them. */
export type OwnerJson = z.infer<typeof OwnerJson>;

/** Removes working copies of processes that are gone, after what they have left running in them. */
export async function removeAbandoned(
  parent: string,
  { identity, onEvent }: { readonly identity: ProcessIdentity; readonly onEvent: OnEvent },
): Promise<void> {
  const names = await readdir(parent).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
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

/** Says whose the working copies in a directory will be. */
export async function writeOwner(parent: string, owner: OwnerJson): Promise<void> {
  for (;;) {
    await mkdir(parent, { recursive: true });
    try {
      await writeFileAtomically(join(parent, `${owner.tag}.json`), toJsonText(owner));
      return;
    } catch (error) {
      // Another process of the session has just removed its own, and the empty directory with them
      if (!hasCode(error, "ENOENT")) throw error;
    }
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Removes working copies and what git knows of them; what cannot be removed is a warning. */
export async function removeOwned(parent: string, { tag, worktrees }: OwnerJson, onEvent: OnEvent): Promise<void> {
  try {
    for (const { root, path } of worktrees) await removeWorktree(root, path);
    await rm(join(parent, tag), { recursive: true, force: true });
    await rm(join(parent, `${tag}.json`), { force: true });
    await rmdir(parent).catch((error: unknown) => {
      if (!hasCode(error, "ENOTEMPTY", "ENOENT")) throw error; // others have theirs there, or were as fast
    });
  } catch (error) {
    // The records are written and right; a directory that stays is no reason to end the session
    const why = error instanceof Error ? error.message : String(error);
    onEvent({ type: "warning", code: "working-copy", message: `a working copy could not be removed: ${why}` });
  }
}
