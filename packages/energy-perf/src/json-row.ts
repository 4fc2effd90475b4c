import { PerfError, quote } from "./perf-error.ts";
import { eventName, isEnergyEvent, type PerfRow } from "./perf-row.ts";

/** Beginning of an object of `perf stat -j`. */
export const JSON_START =
  /\{\s*"(?:interval|socket|die|core|node|cache|cluster|cpu|thread|counter-value|metric-value|aggregate-number)"/;

const PERF_KEY = /"(?:counter-value|event|unit|metric-value)"/;
const UNQUOTED_COMMA = /:\s*\d+,\d+\s*[,}]/;
const LABELS = ["socket", "die", "core", "node", "cache", "cluster", "cpu", "thread"];

/**
 * The energy in one object of `perf stat -j`, which may end in a comma; `"other"` for one about something else,
 * `undefined` for what is no object of perf's.
 * @throws PerfError `AMBIGUOUS`: decimal commas. `BAD_OUTPUT`: an object that perf does not print
 */
export function readJsonRow(text: string): PerfRow | "other" | undefined {
  const object = parseObject(text);
  if (!object) return undefined;
  const field = (name: string): string | undefined => {
    const value = object.get(name);
    return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
  };
  const spelling = field("event");
  const value = field("counter-value");
  if (spelling === undefined || value === undefined) return PERF_KEY.test(text) ? "other" : undefined;
  const hasUnit = field("unit") === "Joules";
  if (!hasUnit && !isEnergyEvent(spelling)) return "other";
  const isAbsent = value === "<not supported>" || value === "<not counted>";
  if (!isAbsent && (!hasUnit || !/^\d{1,15}(?:\.\d{1,15})?$/.test(value))) {
    const code = /\d,\d/.test(value) ? "AMBIGUOUS" : "BAD_OUTPUT";
    throw new PerfError(code, `Expected joules with a decimal point in ${quote(text)}`);
  }
  const runtime = toNumber(field("event-runtime"));
  return {
    event: eventName(spelling),
    spelling,
    timeSeconds: toNumber(field("interval")),
    label: labelOf(field),
    cpus: toNumber(field("aggregate-number") ?? field("counters")),
    joules: isAbsent ? undefined : Number(value),
    absence: isAbsent ? value : undefined,
    countedSeconds: runtime === undefined ? undefined : runtime / 1e9,
    isMean: field("variance") !== undefined,
    isSummary: false,
  };
}

function parseObject(text: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/,\s*\}$/, "}"));
    return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
  } catch (cause) {
    if (!PERF_KEY.test(text)) return undefined;
    if (UNQUOTED_COMMA.test(text)) {
      throw new PerfError("AMBIGUOUS", `Expected JSON of the C locale, got decimal commas: ${quote(text)}`, { cause });
    }
    throw new PerfError("BAD_OUTPUT", `Expected one object of perf stat -j, got ${quote(text)}`, { cause });
  }
}

function labelOf(field: (name: string) => string | undefined): string | undefined {
  const kind = LABELS.find((name) => field(name) !== undefined);
  if (kind === undefined) return undefined;
  return kind === "cpu" ? `CPU${field(kind)}` : field(kind);
}

function toNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}
