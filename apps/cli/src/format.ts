import type { ParameterValue, RecordJson } from "@ea/records";
import type { SessionEvent } from "@ea/runner";

/** `12.3 J`, `4.56 kJ`, `1.2 MJ` */
export function joules(value: number): string {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} MJ`;
  return value >= 1e4 ? `${(value / 1e3).toFixed(2)} kJ` : `${value.toFixed(value < 100 ? 1 : 0)} J`;
}

/** `1.9 s`, `12 min 05 s`, `3 h 20 min` */
export function seconds(value: number): string {
  if (value < 100) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  const two = (part: number): string => String(part).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}

/** `epochs=12 learning_rate=0.00231`, or `defaults`. */
export function parameters(
  hyperparameters: Readonly<Record<string, ParameterValue>>,
  names: readonly string[],
): string {
  return names.length === 0
    ? "defaults"
    : names.map((name) => `${name}=${String(hyperparameters[name] ?? null)}`).join(" ");
}

/** The whole energies of a record that have a value, without those less idling, `gpu 4.56 kJ, cpu_estimate 31 J ± 50 %`. */
export function energies(record: RecordJson): string {
  const known = record.energy.flatMap(({ name, value, uncertainty, quality }) => {
    if (value === null || name.endsWith("_net")) return [];
    const share = uncertainty && value > 0 ? ` ± ${Math.round((100 * uncertainty.combined) / value)} %` : "";
    return [`${name} ${joules(value)}${share}${quality === "partial" ? " (partial)" : ""}`];
  });
  return known.length > 0 ? known.join(", ") : "no energy";
}

/** What a session rests for, and how long. */
export function restText({
  seconds: length,
  reason,
}: Pick<Extract<SessionEvent, { readonly type: "sleeping" }>, "seconds" | "reason">): string {
  if (reason === "idle") return `measuring idle power for ${seconds(length)}`;
  if (reason === "cool-down") return `cooling down to idle, at most ${seconds(length)}`;
  if (reason === "gate")
    return `waiting for that, at most ${seconds(length)}; with --gate flag a run begins at once and is flagged`;
  return `sleeping ${seconds(length)} (${reason})`;
}

/** A cell that is not there is a dash. */
type Cells = readonly (string | undefined)[];

/** Columns padded to the same width. */
export function table(header: readonly string[], rows: readonly Cells[]): string {
  const widths = columnWidths(header);
  for (const row of rows) widths.add(row);
  return [widths.line(header), ...rows.map(widths.line)].join("");
}

/** Finds how wide the columns of a table are, row by row, so that none of them has to be kept. */
export function columnWidths(header: readonly string[]): {
  readonly add: (row: Cells) => void;
  /** A line of the table, once all rows were added. */
  readonly line: (row: Cells) => string;
} {
  const widths = header.map(({ length }) => length);
  return {
    add: (row) => {
      row.forEach((cell = "-", column) => {
        widths[column] = Math.max(widths[column] ?? 0, cell.length);
      });
    },
    line: (row) => {
      const cells = header.map((_, column) => (row[column] ?? "-").padEnd(widths[column] ?? 0));
      return `${cells.join("  ").trimEnd()}\n`;
    },
  };
}
