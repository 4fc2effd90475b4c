import { newSessionTag, startWatchdog, type Watchdog } from "@ea/runner";
import type { Terminal } from "./terminal.ts";

/** What marks all processes of this `ea`, and the watchdog that ends them when it is killed. */
export interface SessionTag {
  readonly tag: string;
  readonly watchdog: Watchdog;
  /** For commands: the caller's, and the tag. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Tags this process, once: the meters' sidecars inherit the tag, so that the watchdog finds them as well. */
export function tagSession({ environment }: Terminal): SessionTag {
  const tag = newSessionTag();
  const watchdog = startWatchdog(`EARUN_SESSION=${tag}`, environment);
  process.env["EARUN_SESSION"] = tag;
  return { tag, watchdog, environment: { ...environment, EARUN_SESSION: tag } };
}
