import type { RecordJson } from "@ea/records";
import type { ReportData } from "../model/report-data.ts";
import { escapeHtml } from "../text/escape-html.ts";
import { shellWords } from "../text/shell-words.ts";

/** The commands that plan each session again, and those that trained each run. */
export function htmlReproduce({ sessions }: ReportData, records: readonly RecordJson[]): string {
  const plans = sessions.flatMap(({ command, name }) => (command === null ? [] : [`# ${oneLine(name)}\n${command}`]));
  const trainings = records.map((record) => {
    const { path } = record.environment.repository;
    const command = record.attempts.at(-1)?.command ?? [];
    return `# ${oneLine(record.experiment_id)}\ncd ${shellWords([path])} && ${shellWords(command)}`;
  });
  const hasCommit = records.some(({ environment }) => environment.repository.commit !== null);
  const again =
    plans.length > 0
      ? `<p>The same plan again, with the same configurations in the same order${hasCommit ? ", on the commit named above" : ""}:</p><pre><code>${escapeHtml(plans.join("\n"))}</code></pre>`
      : "<p>No plan says how these sessions were asked for.</p>";
  return `${again}<details><summary>The exact command of each training</summary><pre><code>${escapeHtml(trainings.join("\n"))}</code></pre></details>`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** One sentence for a paper. */
export function citation({ basis, sessions, machines, chapters, toolVersion }: ReportData): string {
  const runs = chapters.reduce(
    (sum, chapter) => sum + chapter.runs.filter(({ leftOut }) => leftOut === null).length,
    0,
  );
  const what = chapters.map(({ repository }) => repository).join(", ");
  const energy = {
    measured: `Energy (${basis.parts.join(", ")}) was measured`,
    estimate: "Energy was not measured but estimated from CPU time",
    none: "Energy was not measured; durations were recorded",
  }[basis.kind];
  const where = machines.map(({ cpu, gpus }) => (gpus === "none metered" ? cpu : `${cpu} with ${gpus}`)).join("; ");
  return `${energy} with ea ${toolVersion} over ${runs} training runs of ${what} on ${where} (${sessions.length === 1 ? "session" : "sessions"} ${sessions.map(({ name }) => name).join(", ")}).`;
}
