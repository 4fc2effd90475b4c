import type { SourceState } from "@ea/energy";
import { table } from "../format.ts";
import { figure } from "../measure/digits.ts";
import { quality } from "../measure/report.ts";
import type { Condition } from "./condition.ts";
import { isRead, type LiveReading } from "./live-reading.ts";

/** What `ea doctor` has found. */
export interface DoctorFindings {
  readonly sources: readonly SourceState[];
  readonly conditions: readonly Condition[];
  readonly readings: readonly LiveReading[];
}

/** Whether anything but an estimate was read. */
export function isReady({ readings }: DoctorFindings): boolean {
  return readings.some(({ quantities }) => quantities.some(isRead));
}

/** The findings for people. */
export function doctorReport(findings: DoctorFindings): string {
  const { sources, conditions, readings } = findings;
  const list = (rows: readonly { name: string; status: string; words: string; fix: string | undefined }[]): string => {
    const width = Math.max(...rows.map(({ name }) => name.length));
    return rows
      .map(({ name, status, words, fix }) => {
        const first = `  ${name.padEnd(width)}  ${status.padEnd(10)}  ${words}`.trimEnd();
        return fix === undefined ? `${first}\n` : `${first}\n  ${" ".repeat(width)}  try:        ${fix}\n`;
      })
      .join("");
  };
  const live = readings.flatMap(({ quantities, windowSeconds }) =>
    quantities.map(({ name, device, source, value, uncertainty, ...rest }) => [
      `  ${name}`,
      source,
      device,
      value === null ? undefined : figure(value, "J", uncertainty?.combined),
      value === null || windowSeconds <= 0 ? undefined : figure(value / windowSeconds, "W"),
      quality(rest),
    ]),
  );
  return [
    "Sources of energy\n",
    list(
      sources.map(({ name, status, reason, provides, fix }) => ({
        name,
        status,
        words: reason ?? provides.join(", "),
        fix,
      })),
    ),
    "\nMachine\n",
    list(conditions.map(({ name, status, finding, fix }) => ({ name, status, words: finding, fix }))),
    "\nLive reading\n",
    live.length > 0
      ? table(["  quantity", "source", "device", "energy", "power", "quality"], live)
      : "  no source is ready\n",
    isReady(findings)
      ? "\nEnergy can be measured here.\n"
      : "\nNo energy can be measured here: an estimate is no measurement.\n",
  ].join("");
}
