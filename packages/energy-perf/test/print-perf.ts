/** One row that a perf would print. */
export interface Printed {
  readonly event: string;
  /** Hundredths, as perf prints two decimals. */
  readonly centijoules: number | undefined;
  readonly timeSeconds?: number | undefined;
  readonly label?: string | undefined;
  readonly cpus?: number | undefined;
}

/** How a language writes numbers. */
export interface Language {
  readonly decimal: string;
  readonly group: string;
}

export const LANGUAGES: Readonly<Record<string, Language>> = {
  C: { decimal: ".", group: "" },
  en_US: { decimal: ".", group: "," },
  de_DE: { decimal: ",", group: "." },
  de_CH: { decimal: ".", group: "’" },
  it_CH: { decimal: ".", group: "'" },
  fr_FR: { decimal: ",", group: "\u202f" },
  cs_CZ: { decimal: ",", group: "\u00a0" },
  old_fr: { decimal: ",", group: " " },
};

/** `perf stat` for people, as perf 6.1 prints it. */
export function printHuman(rows: readonly Printed[], { decimal, group }: Language, elapsedSeconds = 12.5): string {
  const isInterval = rows.some(({ timeSeconds }) => timeSeconds !== undefined);
  const lines = rows.map(({ event, centijoules, timeSeconds, label, cpus }) => {
    const time = timeSeconds === undefined ? "" : `${timeSeconds.toFixed(9).padStart(16)} `;
    const who =
      label === undefined ? "" : `${label.padEnd(6)}${cpus === undefined ? "" : ` ${String(cpus).padStart(4)}`} `;
    const digits = String(centijoules ?? 0).padStart(3, "0");
    const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, group);
    const value = centijoules === undefined ? "<not counted>" : `${whole}${decimal}${digits.slice(-2)}`;
    return `${time}${who}${value.padStart(18)} Joules power/${event}/                                    `;
  });
  if (isInterval) return `#           time             counts   unit events\n${lines.join("\n")}\n`;
  const elapsed = elapsedSeconds.toFixed(9).replace(".", decimal).padStart(18);
  return `\n Performance counter stats for 'system wide':\n\n${lines.join("\n")}\n\n${elapsed} seconds time elapsed\n\n`;
}

/** `perf stat -x`. */
export function printCsv(rows: readonly Printed[], separator: string, decimal: string): string {
  return rows
    .map(({ event, centijoules, timeSeconds, label, cpus }) => {
      const value = centijoules === undefined ? "<not counted>" : (centijoules / 100).toFixed(2).replace(".", decimal);
      const time = timeSeconds === undefined ? [] : [timeSeconds.toFixed(9).padStart(16)];
      const who = [label, cpus].filter((field) => field !== undefined);
      const rest = ["Joules", `power/${event}/`, "2002406532", `100${decimal}00`, "", ""];
      return `${[...time, ...who, value, ...rest].join(separator)}\n`;
    })
    .join("");
}

/** `perf stat -j`. */
export function printJson(rows: readonly Printed[]): string {
  return rows
    .map(({ event, centijoules, timeSeconds, label, cpus }) => {
      const time = timeSeconds === undefined ? "" : `"interval" : ${timeSeconds.toFixed(9)}, `;
      const kind = label?.startsWith("CPU") ? "cpu" : "socket";
      const who = label === undefined ? "" : `"${kind}" : "${label.replace("CPU", "")}", `;
      const number = cpus === undefined ? "" : `"aggregate-number" : ${cpus}, `;
      const value = centijoules === undefined ? "<not counted>" : `${(centijoules / 100).toFixed(2)}0000`;
      return `{${time}${who}${number}"counter-value" : "${value}", "unit" : "Joules", "event" : "power/${event}/", "event-runtime" : 2002406532, "pcnt-running" : 100.00, "metric-value" : 0.000000, "metric-unit" : "(null)"}\n`;
    })
    .join("");
}
