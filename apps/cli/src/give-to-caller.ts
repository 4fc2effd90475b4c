import { lchown, lstat, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SessionEvent } from "@ea/runner";
import type { Terminal } from "./terminal.ts";

/** Gives a session to whoever called `sudo`. */
export interface Gifts {
  /** Gives what an event tells of: what has been measured is the caller's even if we are killed later. */
  readonly onEvent: (event: SessionEvent) => void;
  /** Gives all of the session, when it has ended. */
  readonly end: () => Promise<void>;
}

interface Caller {
  readonly uid: number;
  readonly gid: number;
}

const NOTHING: Gifts = { onEvent: () => undefined, end: () => Promise.resolve() };

/**
 * Under `sudo`, what was measured as root does not have to be read and removed as root: it is given to the user and group in
 * `SUDO_UID` and `SUDO_GID`. Otherwise nothing is done.
 */
export function giftsToCaller(terminal: Pick<Terminal, "environment" | "err" | "paint">): Gifts {
  const caller = callerOf(terminal.environment);
  if (caller === undefined || process.getuid?.() !== 0) return NOTHING;
  let session: string | undefined;
  const started: Promise<void>[] = [];
  const attempt = (path: string, work: () => Promise<void>): Promise<void> =>
    work().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      terminal.err(`${terminal.paint("yellow", `${path} was not given to user ${caller.uid}: ${why}`)}\n`);
    });
  return {
    onEvent: (event) => {
      if (event.type === "session-started") {
        session = event.directory;
        started.push(attempt(session, () => giveSession(event.directory, caller)));
      } else if (event.type === "row-finished") {
        const row = dirname(event.path);
        started.push(attempt(row, () => give(row, caller)));
      }
    },
    end: async () => {
      await Promise.all(started);
      const directory = session;
      if (directory !== undefined) await attempt(directory, () => give(directory, caller));
    },
  };
}

function callerOf({ SUDO_UID: uid, SUDO_GID: gid }: Terminal["environment"]): Caller | undefined {
  const isId = (text: string | undefined): text is string => text !== undefined && /^\d{1,10}$/.test(text);
  return isId(uid) && isId(gid) && uid !== "0" ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/** A session, and the directory of all sessions where root has made it in a directory of the caller's. */
async function giveSession(directory: string, caller: Caller): Promise<void> {
  await give(directory, caller);
  const results = dirname(directory);
  const [own, parent] = await Promise.all([lstat(results), lstat(dirname(results))]);
  if (own.uid === 0 && parent.uid === caller.uid) await lchown(results, caller.uid, caller.gid);
}

/** Symbolic links themselves, never what they point to. */
async function give(path: string, caller: Caller): Promise<void> {
  try {
    await lchown(path, caller.uid, caller.gid);
    const names = (await lstat(path)).isDirectory() ? await readdir(path) : [];
    for (const name of names) await give(join(path, name), caller);
  } catch (error) {
    // Temporary files come and go
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
