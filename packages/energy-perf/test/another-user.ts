import { chmodSync } from "node:fs";
import { dirname } from "node:path";

const NOBODY = 65_534;

/** Mode of a file that this user, or the other one below, may not read: permissions do not stop root. */
export const UNREADABLE = process.geteuid?.() === 0 ? 0o400 : 0;

/**
 * Does it as a user who may not read what only root may; without root, as the user that we are. The directories from `path`
 * upwards are opened, up to the temporary one of the test.
 */
export function asAnotherUser<T>(path: string, action: () => T): T {
  if (process.geteuid?.() !== 0) return action();
  for (let parent = path; /\/ea-[\w-]+/.test(parent); parent = dirname(parent)) chmodSync(parent, 0o755);
  process.seteuid?.(NOBODY);
  try {
    return action();
  } finally {
    process.seteuid?.(0);
  }
}
