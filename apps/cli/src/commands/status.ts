import { sessionStanding } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import type { StatusFlags } from "../session/session-options.ts";
import { sessionPath } from "../session/session-path.ts";
import { standingJson } from "../session/standing-json.ts";
import { standingText } from "../session/standing-text.ts";
import type { Terminal } from "../terminal.ts";

/** `ea status`: how a session stands, from any shell. */
export async function status(flags: StatusFlags, terminal: Terminal): Promise<number> {
  const directory = sessionPath(flags.session, flags.results, terminal);
  const standing = await sessionStanding(directory);
  if (flags.json) terminal.out(`${JSON.stringify(standingJson(standing), undefined, 2)}\n`);
  else terminal.out(standingText(standing, new Date()));
  return EXIT.ok;
}
