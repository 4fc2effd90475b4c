import { relative, resolve } from "node:path";
import { rebuildSummary } from "@ea/records";
import { configError, loadModelsConfig } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { findRuns } from "../metrics/find-runs.ts";
import type { ReextractFlags, TestFlags } from "../metrics/metrics-options.ts";
import { type Extraction, extractionText, reextract } from "../metrics/reextract.ts";
import { testLog } from "../metrics/test-log.ts";
import { testText } from "../metrics/test-text.ts";
import { configuredRepository } from "../parse/configured-repository.ts";
import { refusal } from "../parse/input-error.ts";
import { openInput } from "../parse/parse-input.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea metrics test`: what each pattern of a repository finds in a log, and what would be recorded. */
export async function testMetrics(flags: TestFlags, terminal: Terminal): Promise<number> {
  const { path, repo } = flags;
  if (path === undefined || path === "") throw usage("ea metrics test", "expected a log, or - for stdin, found none");
  if (repo === undefined) throw usage("--repo", "expected the repository whose patterns are tried, found none");
  const config = await configuredRepository({ ...flags, repo }, terminal);
  try {
    const input = await openInput(path, terminal.workingDirectory);
    if (input === "directory") throw usage(path, "expected a log, found a directory");
    const document = await testLog(input, config);
    terminal.out(flags.json ? `${JSON.stringify(document, undefined, 2)}\n` : testText(document));
  } catch (error) {
    throw refusal(path === "-" ? "stdin" : path, error, flags.config);
  }
  return EXIT.ok;
}

/** `ea metrics reextract`: metrics of finished runs again, by the patterns as they are now. */
export async function reextractMetrics(flags: ReextractFlags, terminal: Terminal): Promise<number> {
  const { path } = flags;
  if (path === undefined || path === "") {
    throw usage("ea metrics reextract", "expected the directory of a session, or of all sessions, found none");
  }
  const project = resolve(terminal.workingDirectory, flags.project ?? ".");
  const { models } = await loadModelsConfig(flags.config, project);
  const sessions = await findRuns(resolve(terminal.workingDirectory, path));
  const runs = sessions.flatMap((session) => session.runs);
  if (runs.length === 0) throw usage(path, "expected records of finished runs, found none");
  const known = new Map(Object.entries(models));
  const unknown = [...new Set(runs.map(({ record }) => record.repository))].filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw configError(
      unknown.map((name) => ({
        file: flags.config,
        path: "models",
        message: `expected "${name}", whose runs are to be read again, found ${[...known.keys()].join(", ")}`,
      })),
    );
  }
  const extractions: Extraction[] = [];
  for (const { directory, runs: ofSession } of sessions) {
    for (const run of ofSession) {
      const patterns = known.get(run.record.repository)?.performance_metrics.log_patterns ?? {};
      const extraction = await reextract(run, { patterns, toolVersion: TOOL_VERSION, now: new Date() });
      if (extraction.warning !== undefined) {
        terminal.err(`${terminal.paint("yellow", "warning:")} ${run.record.experiment_id}: ${extraction.warning}\n`);
      }
      extractions.push(extraction);
    }
    await rebuildSummary(directory);
  }
  const shown = (file: string): string => relative(terminal.workingDirectory, file);
  terminal.out(
    flags.json
      ? `${JSON.stringify({ runs: extractions.map((each) => ({ ...each, file: each.file && shown(each.file) })) }, undefined, 2)}\n`
      : extractionText(extractions),
  );
  return EXIT.ok;
}

function usage(path: string, message: string): Error {
  return configError([{ file: undefined, path, message }]);
}
