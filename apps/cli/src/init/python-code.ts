import { type PythonString, pythonStrings } from "./python-source.ts";
import type { Literal } from "./script-argument.ts";

const NUMBER = /^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/i;
const WORDS: Readonly<Record<string, Literal>> = { True: true, False: false, None: null };

/** A Python source and where its strings stand. */
export interface PythonCode {
  readonly source: string;
  /** The same length, with blanks for strings and comments. */
  readonly masked: string;
  readonly starts: ReadonlyMap<number, PythonString>;
}

/** What a call is given, by place and by name; the values as they are written. */
export interface Parts {
  readonly names: readonly string[];
  readonly keywords: ReadonlyMap<string, string>;
}

/** A source with its strings found. */
export function pythonCode(source: string): PythonCode {
  const strings = pythonStrings(source);
  const starts = new Map(strings.map((string) => [string.start, string]));
  return { source, masked: withoutStrings(source, strings), starts };
}

function withoutStrings(source: string, strings: readonly PythonString[]): string {
  const pieces: string[] = [];
  let at = 0;
  const code = (until: number): string =>
    source.slice(at, until).replaceAll(/#[^\n]*/g, (comment) => " ".repeat(comment.length));
  for (const { start, end } of strings) {
    pieces.push(code(start), "\0".repeat(end - start));
    at = end;
  }
  return [...pieces, code(source.length)].join("");
}

/** What stands between the parentheses; `undefined` when they do not close. */
export function partsOf({ source, masked, starts }: PythonCode, from: number): Parts | undefined {
  const names: string[] = [];
  const keywords = new Map<string, string>();
  let depth = 0;
  let begin = from;
  const take = (end: number): void => {
    const offset = masked.slice(begin, end).search(/\S/);
    if (offset < 0) return;
    const string = starts.get(begin + offset);
    const keyword = /^\s*([A-Za-z_]\w*)\s*=(?!=)/.exec(masked.slice(begin, end));
    if (keyword?.[1]) keywords.set(keyword[1], source.slice(begin + keyword[0].length, end).trim());
    else if (string) names.push(string.text);
  };
  for (let at = from; at < masked.length; at += 1) {
    const sign = masked[at] ?? "";
    if ("([{".includes(sign)) depth += 1;
    else if (depth > 0 && ")]}".includes(sign)) depth -= 1;
    else if (sign === ")") {
      take(at);
      return { names, keywords };
    } else if (sign === "," && depth === 0) {
      take(at);
      begin = at + 1;
    }
  }
  return undefined;
}

/** The value of an expression that is one literal; `undefined` for every other one. */
export function literal(text: string | undefined): Literal | undefined {
  const trimmed = text?.trim() ?? "";
  if (Object.hasOwn(WORDS, trimmed)) return WORDS[trimmed];
  if (NUMBER.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  const [string, ...more] = pythonStrings(trimmed);
  const isAll = string && more.length === 0 && string.start === 0 && string.end === trimmed.length;
  return isAll && !string.prefix.includes("f") ? string.text : undefined;
}

/** A list or tuple of literals; `undefined` for every other expression. */
export function literals(text: string | undefined): readonly Literal[] | undefined {
  const inside = /^[[(]([\s\S]*)[\])]$/.exec(text?.trim() ?? "")?.[1];
  if (inside === undefined) return undefined;
  const values = inside
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(literal);
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && known.length > 0 ? known : undefined;
}
