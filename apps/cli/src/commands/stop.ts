import { requestStop } from "@ea/records";
import { type SessionStanding, sessionStanding } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import type { StopFlags } from "../session/session-options.ts";
import { sessionPath } from "../session/session-path.ts";
import { isAtWork } from "../session/standing-text.ts";
import type { Terminal } from "../terminal.ts";

/** `ea stop`: no other run starts; with `--now` the running one ends as well. */
export async function stop(flags: StopFlags, terminal: Terminal): Promise<number> {
  const directory = sessionPath(flags.session, flags.results, terminal);
  const standing = await sessionStanding(directory);
  const { session, state } = standing;
  if (!isAtWork(standing)) {
    terminal.err(`${session} is not running (${state}): there is nothing to stop\n`);
    return EXIT.ok;
  }
  await requestStop(directory, { now: new Date() });
  const isEnded = flags.now === true && terminate(standing, terminal);
  const what = isEnded ? "the running training is being ended" : "the running training ends by itself";
  terminal.err(`${session} stops: ${what}, nothing else starts. Go on with: ea resume ${session}\n`);
  return EXIT.ok;
}

/** SIGTERM to the process of the session, if it can be seen from here. */
function terminate({ state, status }: SessionStanding, terminal: Terminal): boolean {
  if (!status) return false;
  const { host, pid } = status.writer;
  if (state === "unseen") {
    terminal.err(`${terminal.paint("yellow", `--now reaches no other host: on ${host}, kill -TERM ${pid}`)}\n`);
    return false;
  }
  process.kill(pid, "SIGTERM");
  return true;
}
