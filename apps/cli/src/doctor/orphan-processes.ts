import type { Orphan } from "@ea/runner";
import { seconds } from "../format.ts";
import type { Condition } from "./condition.ts";

const NAME = "orphans";
/** A command line may be long. */
const COMMAND_LENGTH = 80;

/** What sessions that are gone have left running: it takes energy that the next training would be charged with. */
export function orphanProcesses(orphans: readonly Orphan[]): readonly Condition[] {
  if (orphans.length === 0) return [{ name: NAME, status: "ok", finding: "no session that is gone has left anything" }];
  return orphans.map((orphan) => ({
    name: NAME,
    status: "attention",
    finding: orphanText(orphan),
    fix: "ea doctor --end-orphans",
  }));
}

/** What became of them once they were ended. */
export function endedOrphans(orphans: readonly Orphan[], survivors: readonly number[]): readonly Condition[] {
  return orphans.map((orphan) => {
    const text = orphanText(orphan);
    return survivors.includes(orphan.pid)
      ? { name: NAME, status: "attention", finding: `not even SIGKILL ended it: ${text}` }
      : { name: NAME, status: "ok", finding: `ended: ${text}` };
  });
}

function orphanText({ pid, session, ageSeconds, command }: Orphan): string {
  const short = command.length > COMMAND_LENGTH ? `${command.slice(0, COMMAND_LENGTH)}…` : command;
  const whose = session === undefined ? "a session that is gone" : `session ${session}`;
  return `pid ${pid} of ${whose}, ${seconds(ageSeconds)} old: ${short}`;
}
