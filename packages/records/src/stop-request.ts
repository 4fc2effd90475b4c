import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "./has-code.ts";
import { isoWithOffset } from "./names.ts";
import { createFile, toJsonText } from "./write-file.ts";

/** A file, so that the request reaches a session on any host that shares its directory. */
const NAME = "stop";

/** Asks the processes of a session to start no other row. To ask again changes nothing. */
export async function requestStop(directory: string, { now }: { readonly now: Date }): Promise<void> {
  try {
    await createFile(join(directory, NAME), toJsonText({ requested_at: isoWithOffset(now) }), { isDurable: false });
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

/** Whether somebody has asked a session to stop. */
export function isStopRequested(directory: string): boolean {
  return existsSync(join(directory, NAME));
}

/** Takes the request back: the session goes on. */
export async function withdrawStop(directory: string): Promise<void> {
  await rm(join(directory, NAME), { force: true });
}
