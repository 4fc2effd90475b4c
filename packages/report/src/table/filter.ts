import type { Run } from "../model/report-data.ts";
import type { RunColumn } from "./run-columns.ts";

/** A filter of the table, as its field has it. */
export interface Filter {
  readonly matches: (run: Run) => boolean;
  /** What could not be understood; such a part is left out. */
  readonly problems: readonly string[];
}

/** `name < 3`, `"long name" = "two words"`, or a word that stands somewhere in the row. */
const TERM = /(?:"([^"]+)"|([^\s"<>=!]+))\s*(<=|>=|!=|<|>|=)\s*(?:"([^"]*)"|([^\s"]+))|"([^"]*)"|(\S+)/g;

const COMPARE: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};
const UNITS: Readonly<Record<string, number>> = {
  j: 1,
  kj: 1e3,
  mj: 1e6,
  wh: 3600,
  kwh: 3.6e6,
  s: 1,
  min: 60,
  h: 3600,
};

/** Reads a filter: all of its parts have to hold. Numbers are in the unit of their column unless they bring one. */
export function parseFilter(query: string, columns: readonly RunColumn[]): Filter {
  const problems: string[] = [];
  const tests = [...query.matchAll(TERM)].flatMap((match) => {
    const [, quoted, plain, operator, quotedValue, plainValue, phrase, word] = match;
    const name = quoted ?? plain;
    if (name === undefined || operator === undefined) {
      const text = (phrase ?? word ?? "").toLowerCase();
      return /^(and|&&?)?$/.test(text) ? [] : [hasText(text, columns)];
    }
    const test = comparison(name, operator, quotedValue ?? plainValue ?? "", columns);
    if (typeof test !== "string") return [test];
    problems.push(test);
    return [];
  });
  return { matches: (run) => tests.every((test) => test(run)), problems };
}

function hasText(text: string, columns: readonly RunColumn[]): (run: Run) => boolean {
  return (run) => columns.some((column) => column.text(run).toLowerCase().includes(text));
}

function comparison(
  name: string,
  operator: string,
  given: string,
  columns: readonly RunColumn[],
): ((run: Run) => boolean) | string {
  const column = columnNamed(name, columns);
  if (typeof column === "string") return column;
  if (column.kind === "text") {
    if (operator !== "=" && operator !== "!=") return `${column.title} is text: use = or !=`;
    const wanted = given.toLowerCase();
    return (run) => (column.text(run).toLowerCase() === wanted) === (operator === "=");
  }
  const wanted = numberIn(given, column);
  const compare = COMPARE[operator];
  if (wanted === undefined || !compare) return `${given} is no number for ${column.title}`;
  return (run) => {
    const value = column.value(run);
    return typeof value === "number" && compare(value, wanted);
  };
}

function numberIn(given: string, { scale }: RunColumn): number | undefined {
  const [, digits = "", unit = ""] = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)([a-z]*)$/i.exec(given) ?? [];
  if (digits === "") return undefined;
  if (unit === "") return Number(digits);
  const factor = UNITS[unit.toLowerCase()];
  return factor === undefined || !scale ? undefined : (Number(digits) * factor) / scale.size;
}

function columnNamed(name: string, columns: readonly RunColumn[]): RunColumn | string {
  const wanted = name.toLowerCase();
  const names = ({ title, alias }: RunColumn): readonly string[] => [title.toLowerCase(), alias.toLowerCase()];
  const ways: readonly ((name: string) => boolean)[] = [
    (known) => known === wanted,
    (known) => known.startsWith(wanted),
    (known) => known.includes(wanted),
  ];
  for (const isMeant of ways) {
    const found = columns.filter((column) => names(column).some(isMeant));
    const [first] = found;
    if (first && (found.length === 1 || isMeant === ways[0])) return first;
    if (first) return `${name} may be ${found.map(({ title }) => title).join(" or ")}`;
  }
  return `no column ${name}`;
}
