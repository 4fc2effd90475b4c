import { quantityFromJson } from "@ea/energy";
import type { RecordJson } from "@ea/records";
import { joules, seconds, table } from "../format.ts";
import { figure } from "../measure/digits.ts";
import { quality } from "../measure/report.ts";
import { environmentLines } from "./environment-text.ts";

/** A record for people: what was run, how it ended, its energies, metrics and flags, and where it happened. */
export function recordText(record: RecordJson, directory: string): string {
  const { attempts } = record;
  return [
    `${record.experiment_id}\n`,
    `${record.repository}/${record.model}, row ${record.row}, repetition ${record.repetition}, ${outcome(record)}\n`,
    record.error_message === "" ? "" : `${record.error_message}\n`,
    section("Hyperparameters", parameterLines(record)),
    section("Beside it", backgroundLines(record)),
    section("Energy", energyLines(record)),
    section(
      "Metrics",
      Object.entries(record.performance_metrics).map(([name, value]) => [name, String(value)]),
    ),
    section(
      "Flags",
      record.flags.map(({ severity, code, message }) => [severity, code, message]),
    ),
    section(`Attempts`, attempts.length > 1 ? attemptLines(record) : []),
    section("Where", environmentLines(record.environment)),
    `\nCommand: ${attempts.at(-1)?.command.join(" ") ?? "unknown"}\n`,
    `Files:   ${directory}\n`,
  ].join("");
}

/** What ran beside a run of mode `parallel`, and how it did in the last attempt. */
function backgroundLines({ background, attempts }: RecordJson): readonly (readonly string[])[] {
  if (!background) return [];
  const load = attempts.at(-1)?.background;
  const share = load?.alive_share ?? null;
  const cpu = load?.cpu_seconds ?? null;
  const codes = Object.entries(load?.exit_codes ?? {}).map(([code, count]) => `${count} with exit code ${code}`);
  return [
    ["what", `${background.repository}/${background.model}`],
    ["command", (load?.command ?? background.argv).join(" ")],
    ["alive", share === null ? "not known" : `${(100 * share).toFixed(1)} % of what was measured`],
    ["CPU time", cpu === null ? "not known" : seconds(cpu)],
    ["runs", load ? [`${load.runs} started`, ...codes].join(", ") : "not known"],
    ["directory", load ? `${load.working_directory} (${load.working_copy.reason})` : "not known"],
  ];
}

function outcome({
  status,
  failure_class: failure,
  duration_seconds: duration,
  retries,
  timestamp,
}: RecordJson): string {
  const tried = retries > 0 ? ` after ${retries} ${retries === 1 ? "retry" : "retries"}` : "";
  return `${status}${failure ? ` (${failure})` : ""} in ${seconds(duration)}${tried}, began ${timestamp}`;
}

/** A title and an indented table below it; nothing without rows. */
function section(title: string, rows: readonly (readonly string[])[]): string {
  const [first, ...rest] = rows;
  if (!first) return "";
  const body = table(first.map(String), rest).replaceAll(/^(?=.)/gm, "  ");
  return `\n${title}\n${body}`;
}

function parameterLines({ hyperparameters, mutated }: RecordJson): readonly (readonly string[])[] {
  return Object.entries(hyperparameters).map(([name, value]) => {
    const text = value === null ? "not passed" : String(value);
    return [name, text, mutated.includes(name) ? "mutated" : ""];
  });
}

function energyLines({ energy }: RecordJson): readonly (readonly string[])[] {
  return energy.map(quantityFromJson).map((quantity) => {
    const { name, device, value, uncertainty } = quantity;
    return [
      device === undefined ? name : `${name} ${device}`,
      value === null ? "-" : figure(value, "J", uncertainty?.combined),
      quantity.source,
      quality(quantity),
    ];
  });
}

function attemptLines({ attempts }: RecordJson): readonly (readonly string[])[] {
  return attempts.map(({ attempt, status, failure_class, duration_seconds, energy, error_message }) => [
    String(attempt),
    failure_class === null ? status : `${status} (${failure_class})`,
    duration_seconds === null ? "-" : seconds(duration_seconds),
    energy
      .flatMap(({ name, value }) => (value === null || name.endsWith("_net") ? [] : [`${name} ${joules(value)}`]))
      .join(", "),
    error_message.split("\n")[0] ?? "",
  ]);
}
