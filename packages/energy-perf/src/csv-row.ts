import { PerfError, quote } from "./perf-error.ts";
import {
  ABSENCE_PATTERN,
  AGGREGATE_PATTERN,
  eventName,
  isEnergyEvent,
  type PerfRow,
  SINGLE_PATTERN,
} from "./perf-row.ts";

/** How one `perf stat -x` separates its fields and writes its decimals. */
export interface CsvDialect {
  readonly separator: string;
  readonly decimal: "." | ",";
}

/** The energy in a line of `perf stat -x`; `"other"` for a row of something else, `undefined` for what is no row. */
export type CsvRowReader = (line: string) => PerfRow | "other" | undefined;

/** Nanoseconds counted and percentage of the time: two neighbours that each row has, whatever else it has. */
const RUNNING = /([^\w.<>%/+-]{1,3})\d{1,20}\1\d{1,3}([.,])\d\d(?:\1|\s*$)/;

/**
 * The dialect of a complete row of `perf stat -x`, whatever its separator; `undefined` for what is no such row.
 * @throws PerfError `AMBIGUOUS`: the separator is also the decimal mark, as of `-x ,` in a German locale
 */
export function csvDialect(line: string): CsvDialect | undefined {
  const [, separator, mark] = RUNNING.exec(line) ?? [];
  if (separator === undefined) return undefined;
  const dialect = { separator, decimal: mark === "," ? mark : "." } as const;
  if (!rowPattern(dialect).test(line)) return undefined;
  if (separator === dialect.decimal) {
    throw new PerfError(
      "AMBIGUOUS",
      `Expected -x ';', got fields and decimals that are both divided at ",": ${quote(line)}`,
    );
  }
  return dialect;
}

/** Reads rows of one dialect. */
export function csvRowReader(dialect: CsvDialect): CsvRowReader {
  const pattern = rowPattern(dialect);
  return (line) => {
    const [, time, label, cpus, value, unit, spelling, variance, runtime] = pattern.exec(line) ?? [];
    if (value === undefined || spelling === undefined) return undefined;
    const isAbsent = value.startsWith("<");
    if (unit !== "Joules") {
      if (!isEnergyEvent(spelling)) return "other";
      // Without the unit a number is a raw count
      if (!isAbsent) return undefined;
    }
    // The half of `403,60` in a row that is divided at commas
    if (dialect.separator === "," && !isAbsent && !value.includes(".")) return undefined;
    return {
      event: eventName(spelling),
      spelling,
      timeSeconds: time === undefined || time === "summary" ? undefined : Number(time),
      label,
      cpus: cpus === undefined ? undefined : Number(cpus),
      joules: isAbsent ? undefined : Number(dialect.decimal === "," ? value.replace(",", ".") : value),
      absence: isAbsent ? value : undefined,
      countedSeconds: runtime === undefined ? undefined : Number(runtime) / 1e9,
      isMean: variance !== undefined,
      isSummary: time === "summary",
    };
  };
}

/** `[time] [label [cpus]] value unit event [variance%] runtime …`: perf's fields up to the last one that we read. */
function rowPattern({ separator, decimal }: CsvDialect): RegExp {
  const s = separator.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  const mark = decimal === "." ? String.raw`\.` : ",";
  const time = String.raw`(?:(\d{1,12}\.\d{9}|summary)${s})?`;
  const label = String.raw`(?:(${AGGREGATE_PATTERN}|${SINGLE_PATTERN})${s}(?:(\d{1,9})${s})?)?`;
  const value = String.raw`(${ABSENCE_PATTERN}|(?:0|[1-9]\d{0,14})(?:${mark}\d{1,15})?)${s}`;
  const unit = String.raw`([^\s\d<>]*?)${s}`;
  const event = String.raw`([A-Za-z]\S*?)(?:${s}(?:(\d+${mark}\d+%)${s})?(\d{1,20})?|\s*$)`;
  return new RegExp(String.raw`^\s*${time}${label}${value}${unit}${event}`);
}
