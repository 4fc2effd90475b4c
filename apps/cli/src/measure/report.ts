import type { Quantity } from "@ea/energy";
import { table } from "../format.ts";
import type { Comparison } from "./compare.ts";
import { comparisonText } from "./comparison-text.ts";
import { figure } from "./digits.ts";
import type { MeasureRequest, Subject } from "./measure-request.ts";
import { isComplete, type MeasuredRun } from "./measured-run.ts";
import { type Summary, summarize } from "./summarize.ts";

/** The outcome for people: a table for each command, then the comparison. */
export function measureReport(
  request: MeasureRequest,
  runs: readonly MeasuredRun[],
  comparisons: readonly Comparison[],
): string {
  const sections = request.subjects.map((subject, index) => {
    const own = runs.filter(({ command }) => command === index);
    return section(subject, own, request.runs);
  });
  const sentences = comparisons.map((comparison) => `${comparisonText(comparison, request.subjects)}\n`);
  return [sections.join("\n"), ...(sentences.length > 0 ? ["\n", ...sentences] : [])].join("");
}

function section({ label }: Subject, runs: readonly MeasuredRun[], planned: number): string {
  const [first] = runs;
  if (!first) return `${label}: not run\n`;
  if (planned === 1) return `${label}${ending(first)}\n${singleTable(first)}`;
  const complete = runs.filter(isComplete).length;
  const failures = runs
    .filter((run) => !isComplete(run))
    .map((run) => `  run ${run.run + 1}${ending(run)}; it is in no mean\n`);
  const count = complete === planned ? `${planned} runs` : `${complete} of ${planned} runs complete`;
  return `${label}: ${count}\n${failures.join("")}${complete > 0 ? summaryTable(summarize(runs)) : ""}`;
}

/** How a run ended, when it was not well. */
export function ending({ exitCode, signal, isInterrupted }: MeasuredRun): string {
  const how = signal !== undefined ? `killed by ${signal}` : `exit code ${exitCode}`;
  if (isInterrupted) return `: interrupted, ${how}`;
  return exitCode === 0 ? "" : `: failed, ${how}`;
}

function singleTable({ durationSeconds, energies }: MeasuredRun): string {
  const label = deviceLabels(energies.map(({ quantity }) => quantity.device));
  const rows = energies
    .toSorted((one, other) => Number(one.quantity.value === null) - Number(other.quantity.value === null))
    .map(({ quantity, meanWatts, peakWatts }) => [
      `  ${quantity.name}${label(quantity.device)}`,
      quantity.value === null ? undefined : figure(quantity.value, "J", quantity.uncertainty?.combined),
      watts(meanWatts),
      watts(peakWatts),
      quality(quantity),
    ]);
  return table(
    ["  quantity", "energy", "mean power", "peak power", "quality"],
    [["  duration", figure(durationSeconds, "s"), "", "", ""], ...rows],
  );
}

function summaryTable(summaries: readonly Summary[]): string {
  const label = deviceLabels(summaries.map(({ device }) => device));
  const duration = summaries.filter(({ unit }) => unit === "s");
  const energies = summaries.filter(({ unit }) => unit === "J");
  const rows = energies
    .toSorted((one, other) => Number(!one.sample) - Number(!other.sample))
    .map((summary) => {
      const { name, device, sample, uncertaintyJoules } = summary;
      const power = summaries.find((it) => it.unit === "W" && it.name === name && it.device === device);
      const sensor = sample && uncertaintyJoules !== undefined && sample.mean > 0 && uncertaintyJoules / sample.mean;
      return [
        `  ${name}${label(device)}`,
        ...spread(summary),
        watts(power?.sample?.mean),
        watts(power?.peakWatts),
        sensor ? `± ${Math.round(100 * sensor)} %` : undefined,
        quality(summary),
      ];
    });
  const header = ["  quantity", "mean ± 95 %", "min … max", "mean power", "highest power", "sensor", "quality"];
  return table(header, [...duration.map((summary) => ["  duration", ...spread(summary), "", "", "", ""]), ...rows]);
}

/** Mean with half its interval, and the extremes. */
function spread({ sample, unit }: Summary): readonly (string | undefined)[] {
  if (!sample) return [undefined, undefined];
  const { mean, interval95, min, max } = sample;
  const half = interval95 && (interval95[1] - interval95[0]) / 2;
  return [figure(mean, unit, half), `${figure(min, unit)} … ${figure(max, unit)}`];
}

function watts(value: number | undefined): string | undefined {
  return value === undefined ? undefined : figure(value, "W");
}

/** A word, and why; where an estimate has its coefficients from is for the document. */
export function quality({ quality: word, reason }: Pick<Quantity, "quality" | "reason">): string {
  if (reason === undefined) return word;
  return `${word}: ${word === "estimated" ? reason.split(";")[0] : reason}`;
}

/** ` GPU-1a2b3c4d`: the first block of a UUID, where it tells the GPUs of this machine apart. */
function deviceLabels(devices: readonly (string | undefined)[]): (device: string | undefined) => string {
  const short = (device: string): string => /^GPU-[0-9a-f]+/i.exec(device)?.[0] ?? device;
  const known = [...new Set(devices.filter((device) => device !== undefined))];
  const isUnique = new Set(known.map(short)).size === known.length;
  return (device) => (device === undefined ? "" : ` ${isUnique ? short(device) : device}`);
}
