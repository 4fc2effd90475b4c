import { setPriority } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import type { Terminal } from "../terminal.ts";
import { sessionRest } from "./session-rest.ts";

/** How often sessions are looked at: two small files each. */
const LOOK_MS = 1000;
/** The lowest: whoever else works on this machine goes first. */
const LOWEST_PRIORITY = 19;

/** Writes after each run, while all sessions rest and never during a measurement, until nobody works on them any more. */
export async function watchSessions(
  directories: readonly string[],
  write: () => Promise<void>,
  terminal: Terminal,
): Promise<number> {
  setPriority(LOWEST_PRIORITY);
  terminal.err("The report is written when a run has ended and the session rests; with --no-sleep, at its end.\n");
  const words = "Watching no more; the report stays as it is";
  const { interruptedBy } = await interruptible(terminal, { words }, async ({ signal }) => {
    let written: string | undefined;
    while (!signal.aborted) {
      const rests = await Promise.all(directories.map((directory) => sessionRest(directory, Date.now())));
      const ended = rests.map((rest) => rest.ended).join();
      const isOver = rests.every((rest) => rest.isOver);
      const hasRuns = rests.some((rest) => /[1-9]/.test(rest.ended));
      if ((ended !== written && hasRuns && rests.every((rest) => rest.isAtRest)) || (isOver && written === undefined)) {
        await write();
        written = ended;
      }
      if (isOver && ended === written) return;
      await sleep(LOOK_MS, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  });
  if (interruptedBy === undefined) return EXIT.ok;
  return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
}
