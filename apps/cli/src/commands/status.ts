import { configError, sessionStanding } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { followSession } from "../session/follow-session.ts";
import type { StatusFlags } from "../session/session-options.ts";
import { sessionPath } from "../session/session-path.ts";
import { standingJson } from "../session/standing-json.ts";
import { standingText } from "../session/standing-text.ts";
import type { Terminal } from "../terminal.ts";

/** `ea status`: how a session stands, from any shell. */
export async function status(flags: StatusFlags, terminal: Terminal): Promise<number> {
  if (flags.follow && flags.json) {
    const message = "expected not both --follow and --json: ea run --events streams JSON";
    throw configError([{ file: undefined, path: "--json", message }]);
  }
  const directory = sessionPath(flags.session, flags.results, terminal);
  const standing = flags.follow
    ? (await interruptible(terminal, { words: "" }, ({ signal }) => followSession(directory, terminal, signal))).result
    : await sessionStanding(directory);
  if (flags.json) terminal.out(`${JSON.stringify(standingJson(standing), undefined, 2)}\n`);
  else terminal.out(standingText(standing, new Date()));
  return EXIT.ok;
}
