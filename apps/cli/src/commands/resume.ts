import { dirname, resolve } from "node:path";
import { estimateSession, openSession, type ResumeRequest, resumeSession, rowsLeft } from "@ea/runner";
import { executeRows, refuseTwoDocuments } from "../execute-rows.ts";
import { EXIT } from "../exit-codes.ts";
import { allMeters } from "../meters.ts";
import { planDocument } from "../plan-document.ts";
import { planTable } from "../plan-table.ts";
import { printPieces } from "../print-pieces.ts";
import type { ResumeFlags } from "../run-options.ts";
import { sessionPath } from "../session/session-path.ts";
import { settingsFromFlags } from "../settings-from-flags.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea resume`: continue a session. */
export async function resume(given: string, flags: ResumeFlags, terminal: Terminal): Promise<number> {
  refuseTwoDocuments(flags);
  const request: ResumeRequest = {
    directory: sessionPath(given, flags.results, terminal),
    overrides: settingsFromFlags(flags),
    environment: terminal.environment,
    project: flags.project === undefined ? undefined : resolve(terminal.workingDirectory, flags.project),
    configFile: flags.config,
    retriesFailed: flags["retry-failed"],
    takesOver: flags["take-over"],
    isForced: flags.force,
    toolVersion: TOOL_VERSION,
  };
  if (!flags["dry-run"]) return executeRows(flags, terminal, (options) => resumeSession(request, options));
  const session = await openSession(request, allMeters(terminal.environment));
  for (const warning of session.warnings) terminal.err(`${terminal.paint("yellow", warning)}\n`);
  const rest = { ...session.plan, rows: await rowsLeft(session) };
  const estimate = await estimateSession(rest, { results: dirname(session.directory), scripts: session.scripts });
  await printPieces(flags.json ? planDocument(rest, estimate) : planTable(rest, estimate), terminal);
  return EXIT.ok;
}
