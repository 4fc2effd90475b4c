import { EXIT } from "../exit-codes.ts";
import { shellWords } from "../measure/measure-request.ts";
import { findSessions } from "../report/find-sessions.ts";
import type { ReportFlags } from "../report/report-options.ts";
import { reportRequest } from "../report/report-request.ts";
import { watchSessions } from "../report/watch-sessions.ts";
import { type WrittenReport, writeReport } from "../report/write-report.ts";
import type { Terminal } from "../terminal.ts";

/** `ea report`: sessions as one HTML file, and as pictures and Markdown. */
export async function report(flags: ReportFlags, terminal: Terminal): Promise<number> {
  const request = reportRequest(flags, terminal.workingDirectory);
  const directories = findSessions(flags.sessions, flags.results, terminal);
  const write = async (): Promise<void> => {
    const written = await writeReport(directories, request, new Date());
    warn(written, terminal);
    if (!flags.json) terminal.out(`${textOf(written)}\n`);
    else terminal.out(`${JSON.stringify(written, undefined, flags.watch ? undefined : 2)}\n`);
  };
  if (flags.watch) return watchSessions(directories, write, terminal);
  await write();
  if (!flags.json) terminal.err(`Next: open ${shellWords([flags.output])} in a browser\n`);
  return EXIT.ok;
}

function warn({ skipped }: WrittenReport, { err, paint }: Terminal): void {
  for (const { path, reason } of skipped) err(`${paint("yellow", "warning:")} ${path}: ${reason}; left out\n`);
}

function textOf({ report: html, markdown, svg, png, runs, sessions }: WrittenReport): string {
  const others = [
    markdown,
    svg.length > 0 && `${svg.length} SVG files`,
    png.length > 0 && `${png.length} PNG files`,
  ].filter(Boolean);
  const what = `${runs} ${runs === 1 ? "run" : "runs"} of ${sessions.join(", ")}`;
  return `${html}\n  ${[what, ...others].join("; ")}`;
}
