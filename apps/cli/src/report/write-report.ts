import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeFileAtomically } from "@ea/records";
import { type ReportInput, renderCharts, renderMarkdown, renderReport } from "@ea/report";
import { configError } from "@ea/runner";
import { auditSessions } from "../audit/audit-sessions.ts";
import { TOOL_VERSION } from "../version.ts";
import { createRasteriser } from "./rasterise.ts";
import { readSession } from "./read-session.ts";
import type { ReportRequest } from "./report-request.ts";

/** What was written, and of what. */
export interface WrittenReport {
  readonly report: string;
  readonly markdown: string | null;
  readonly svg: readonly string[];
  readonly png: readonly string[];
  readonly sessions: readonly string[];
  readonly runs: number;
  readonly skipped: ReportInput["skipped"];
}

/**
 * Reads sessions and writes a report of them: the HTML, and what else was asked for.
 *
 * @throws {RunnerError} `CONFIG` when no session has a record, and for a metric that no run has.
 */
export async function writeReport(
  directories: readonly string[],
  request: ReportRequest,
  createdAt: Date,
): Promise<WrittenReport> {
  const input = await readInput(directories, request, createdAt);
  const rasterise = request.png === undefined ? undefined : await createRasteriser();
  await writeFileOf(request.html, renderReport(input));
  if (request.markdown !== undefined) await writeFileOf(request.markdown, renderMarkdown(input));
  const charts = request.svg === undefined && request.png === undefined ? [] : renderCharts(input);
  const svg: string[] = [];
  const png: string[] = [];
  for (const { name, svg: picture } of charts) {
    if (request.svg !== undefined) svg.push(await writeFileOf(join(request.svg, `${name}.svg`), picture));
    if (request.png !== undefined && rasterise) {
      png.push(await writeFileOf(join(request.png, `${name}.png`), rasterise(picture)));
    }
  }
  return {
    report: request.html,
    markdown: request.markdown ?? null,
    svg,
    png,
    sessions: input.sessions.map(({ name }) => name),
    runs: input.sessions.reduce((sum, { records }) => sum + records.length, 0),
    skipped: input.skipped,
  };
}

async function readInput(
  directories: readonly string[],
  { metric, goal, factors }: ReportRequest,
  createdAt: Date,
): Promise<ReportInput> {
  const sessions = [];
  for (const directory of directories) sessions.push(await readSession(directory));
  const records = sessions.flatMap(({ input }) => input.records);
  const skipped = sessions.flatMap((session) => session.skipped);
  if (records.length === 0) {
    const broken = skipped.map(({ path, reason }) => ({ file: path, path: "", message: reason }));
    const message = "expected at least one finished run, found none: nothing has ended yet";
    throw configError(broken.length > 0 ? broken : [{ file: directories.join(", "), path: "", message }]);
  }
  const metrics = [...new Set(records.flatMap(({ performance_metrics }) => Object.keys(performance_metrics)))];
  if (metric !== undefined && !metrics.includes(metric)) {
    const message = `expected ${metrics.join(" | ") || "no metric: no run has one"}, found ${JSON.stringify(metric)}`;
    throw configError([{ file: undefined, path: "--metric", message }]);
  }
  return {
    sessions: sessions.map(({ input }) => input),
    skipped,
    findings: (await auditSessions(directories)).findings,
    traces: new Map(sessions.flatMap(({ traces }) => [...traces])),
    metric,
    goal,
    factors,
    toolVersion: TOOL_VERSION,
    createdAt: `${createdAt.toISOString().slice(0, 19)}Z`,
  };
}

async function writeFileOf(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  if (typeof content === "string") await writeFileAtomically(path, content);
  else await writeFile(path, content);
  return path;
}
