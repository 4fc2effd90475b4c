import { type PythonString, pythonStrings } from "./python-source.ts";
import type { Literal, ScriptArgument } from "./script-argument.ts";

const CALL = /\badd_argument\s*\(|\bclick\.(?:option|argument)\s*\(/g;
const NUMBER = /^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/i;
const WORDS: Readonly<Record<string, Literal>> = { True: true, False: false, None: null };

/** The arguments of a script that reads them with argparse or click, found without running it. */
export function pythonArguments(source: string): readonly ScriptArgument[] {
  const strings = pythonStrings(source);
  const starts = new Map(strings.map((string) => [string.start, string]));
  const masked = withoutStrings(source, strings);
  const found = [...masked.matchAll(CALL)].flatMap((match) => {
    const parts = partsOf({ source, masked, starts }, match.index + match[0].length);
    return parts ? [argumentOf(parts, match[0].startsWith("click"))] : [];
  });
  return found.filter((argument) => argument !== undefined);
}

interface Source {
  readonly source: string;
  /** The same length, with blanks for strings and comments. */
  readonly masked: string;
  readonly starts: ReadonlyMap<number, PythonString>;
}

interface Parts {
  readonly names: readonly string[];
  readonly keywords: ReadonlyMap<string, string>;
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
function partsOf({ source, masked, starts }: Source, from: number): Parts | undefined {
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

function argumentOf({ names, keywords }: Parts, isClick: boolean): ScriptArgument | undefined {
  const flags = names.flatMap((name) => name.split("/")).filter((name) => name.startsWith("-"));
  const flag = flags.find((name) => name.startsWith("--")) ?? flags[0] ?? names[0];
  if (flag === undefined || /\s/.test(flag)) return undefined;
  const action = literal(keywords.get("action"));
  const type = keywords.get("type");
  const choices = literals(keywords.get("choices") ?? /Choice\(\s*(\[[^\]]*\]|\([^)]*\))/.exec(type ?? "")?.[1]);
  const isOptional = keywords.get("action")?.includes("BooleanOptionalAction") === true;
  const isClickSwitch =
    isClick && (literal(keywords.get("is_flag")) === true || names.some((name) => /.\/--/.test(name)));
  return {
    flag,
    type: choices && type?.includes("Choice") ? "str" : type,
    default: literal(keywords.get("default")),
    choices,
    isSwitch:
      isOptional ||
      isClickSwitch ||
      (typeof action === "string" && /^(?:store_(?:true|false|const)|count|help|version)$/.test(action)),
    isRequired: !flag.startsWith("-") || literal(keywords.get("required")) === true,
  };
}

/** The value of an expression that is one literal; `undefined` for every other one. */
function literal(text: string | undefined): Literal | undefined {
  const trimmed = text?.trim() ?? "";
  if (Object.hasOwn(WORDS, trimmed)) return WORDS[trimmed];
  if (NUMBER.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  const [string, ...more] = pythonStrings(trimmed);
  const isAll = string && more.length === 0 && string.start === 0 && string.end === trimmed.length;
  return isAll && !string.prefix.includes("f") ? string.text : undefined;
}

function literals(text: string | undefined): readonly Literal[] | undefined {
  const inside = /^[[(]([\s\S]*)[\])]$/.exec(text?.trim() ?? "")?.[1];
  if (inside === undefined) return undefined;
  const values = inside
    .split(",")
    .filter((part) => part.trim() !== "")
    .map(literal);
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length && known.length > 0 ? known : undefined;
}
