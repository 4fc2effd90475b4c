import type { PatternReader } from "./pattern-reader.ts";

// What str.isdecimal, isspace and isalnum accept; JavaScript's own \d and \w are ASCII and its \s differs
const SETS: ReadonlyMap<string, string> = new Map([
  ["d", "\\p{Nd}"],
  ["s", "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"],
  ["w", "\\p{L}\\p{N}_"],
]);
const CONTROLS: ReadonlyMap<string, number> = new Map([
  ["a", 7],
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** Any character at all; a set, because without the flag `s` a JavaScript dot leaves four of them out. */
export const ANY_CHARACTER = "[\\0-\\u{10ffff}]";

/** What `\d \s \w` (and in capitals their complements) stand for, as the inside of a set. */
export interface Category {
  readonly set: string;
  readonly complement: boolean;
}

/** The category that a letter after a backslash means, `undefined` for any other letter. */
export function categoryOf(letter: string): Category | undefined {
  const set = SETS.get(letter.toLowerCase());
  return set === undefined ? undefined : { set, complement: letter !== letter.toLowerCase() };
}

/** A category as a set of its own. */
export const categoryText = ({ set, complement }: Category): string => `[${complement ? "^" : ""}${set}]`;

/** One character as JavaScript text that is safe inside and outside of a set. */
export function literalText(codePoint: number): string {
  const character = String.fromCodePoint(codePoint);
  return /^[A-Za-z0-9]$/.test(character) || (codePoint > 0x9f && !/^\p{Cs}$/u.test(character))
    ? character
    : `\\u{${codePoint.toString(16)}}`;
}

/** Reads what follows a backslash when it stands for one character, in a set or outside. */
export function readEscape(reader: PatternReader): number {
  const letter = reader.take();
  if (letter === "") throw reader.error("it ends with a backslash");
  const control = CONTROLS.get(letter);
  if (control !== undefined) return control;
  const length = HEX_DIGITS.get(letter);
  if (length !== undefined) return readHex(reader, letter, length);
  if (letter === "N") throw reader.error("\\N{…} is not supported, write the character itself or \\uXXXX");
  if (/^[A-Za-z0-9]$/.test(letter)) throw reader.error(`\\${letter} is no escape that Python knows`);
  return letter.codePointAt(0) ?? 0;
}

function readHex(reader: PatternReader, letter: string, length: number): number {
  const digits = reader.takeWhile(/^[0-9A-Fa-f]$/, length);
  const codePoint = Number.parseInt(digits, 16);
  if (digits.length < length) throw reader.error(`\\${letter} needs ${length} hexadecimal digits, got "${digits}"`);
  if (codePoint > 0x10ffff) throw reader.error(`\\U${digits} is beyond Unicode`);
  return codePoint;
}
