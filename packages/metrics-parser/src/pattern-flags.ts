import type { PatternReader } from "./pattern-reader.ts";

/** Python's flags as they hold at one place of a pattern; IGNORECASE is always on. */
export interface PatternFlags {
  readonly dotAll: boolean;
  readonly multiline: boolean;
  readonly verbose: boolean;
}

/** The flags at the start of every pattern. */
const NO_FLAGS: PatternFlags = { dotAll: false, multiline: false, verbose: false };

const NAMES = new Map<string, Partial<Record<keyof PatternFlags, true>>>([
  ["i", {}],
  ["u", {}],
  ["s", { dotAll: true }],
  ["m", { multiline: true }],
  ["x", { verbose: true }],
]);

/** Whether `(?` is followed by flags here. */
export const startsFlags = (character: string): boolean => /^[-aiLmsux]$/.test(character);

/** Reads the letters of `(?flags)` or `(?flags-flags:…)` up to, not including, their `)` or `:`. */
export function readFlags(reader: PatternReader, flags: PatternFlags): PatternFlags {
  const on = reader.takeWhile(/^[A-Za-z]$/);
  const off = reader.accept("-") ? reader.takeWhile(/^[A-Za-z]$/) : undefined;
  const written = `(?${on}${off === undefined ? "" : `-${off}`}`;
  for (const letter of on + (off ?? "")) {
    if (!NAMES.has(letter)) throw reader.error(`the flag "${letter}" of ${written}…) is not supported`);
  }
  if (off === undefined) return apply(on, flags);
  if (off === "" || off.includes("u") || Array.from(off).some((letter) => on.includes(letter))) {
    throw reader.error(`${written}…) turns off flags that it cannot`);
  }
  if (off.includes("i")) {
    throw reader.error(`${written}…) turns case-insensitivity off for a part, which is not supported`);
  }
  const reset = Object.fromEntries(
    Array.from(off)
      .flatMap((letter) => Object.keys(NAMES.get(letter) ?? {}))
      .map((name) => [name, false]),
  );
  return { ...apply(on, flags), ...reset };
}

function apply(letters: string, flags: PatternFlags): PatternFlags {
  return Array.from(letters).reduce((all, letter) => ({ ...all, ...NAMES.get(letter) }), flags);
}

/** Reads the `(?flags)` at the start of a pattern. */
export function readGlobalFlags(reader: PatternReader): PatternFlags {
  let flags = NO_FLAGS;
  for (;;) {
    const start = reader.position;
    skipIgnored(reader, flags);
    if (!(reader.accept("(") && reader.accept("?") && startsFlags(reader.peek()))) {
      reader.position = start;
      return flags;
    }
    const next = readFlags(reader, flags);
    if (!reader.accept(")")) {
      reader.position = start;
      return flags;
    }
    flags = next;
  }
}

/** Skips the white space and comments of a verbose pattern. */
export function skipIgnored(reader: PatternReader, { verbose }: PatternFlags): void {
  if (!verbose) return;
  while (reader.takeWhile(/^[ \t-\r]$/) !== "" || reader.peek() === "#") {
    if (reader.peek() === "#") reader.takeWhile(/^[^\n]$/u);
  }
}
