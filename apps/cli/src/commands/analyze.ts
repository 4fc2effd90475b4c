import { analyzeStudy } from "@ea/analysis";
import { configError } from "@ea/runner";
import { analysisToJson } from "../analyze/analysis-json.ts";
import { analysisText } from "../analyze/analysis-text.ts";
import type { AnalyzeFlags } from "../analyze/analyze-options.ts";
import { askedMetric, askedRuns, detectRequest, referenceRequest } from "../analyze/analyze-request.ts";
import { readStudy } from "../analyze/read-study.ts";
import { EXIT } from "../exit-codes.ts";
import { findSessions } from "../report/find-sessions.ts";
import type { Terminal } from "../terminal.ts";
import { dropRequest } from "../trade/best-request.ts";

/** `ea analyze`: what runs have to say about energy and metric, and how sure it is. */
export async function analyze(flags: AnalyzeFlags, terminal: Terminal): Promise<number> {
  const drop = dropRequest(flags["max-drop"] ?? "1%");
  const detect = detectRequest(flags.detect ?? "2");
  const referenceOf = referenceRequest(flags.reference, terminal.workingDirectory);
  const study = await readStudy(findSessions(flags.sessions, flags.results, terminal));
  for (const { path, reason } of study.skipped) {
    terminal.err(`${terminal.paint("yellow", "warning:")} ${path}: ${reason}\n`);
  }
  if (study.runs.length === 0) {
    throw configError([{ file: undefined, path: "", message: "expected finished runs, found none" }]);
  }
  const runs = askedRuns(flags.group, study.runs);
  const analysis = analyzeStudy(runs, {
    findings: study.findings,
    excludeFlagged: flags["exclude-flagged"],
    ...askedMetric(flags, runs),
    drop,
    detect,
    referenceOf,
    seed: flags.seed,
  });
  if (flags.json) terminal.out(`${JSON.stringify(analysisToJson(analysis, study), undefined, 2)}\n`);
  else terminal.out(analysisText(analysis));
  return EXIT.ok;
}
