import { isatty } from "node:tty";
import { styleText } from "node:util";

/** Where a command gets its surroundings from and where its words go. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Resolves once what was written to `out` has left, or nobody reads it any more: a long text waits for its reader. */
  readonly drained: () => Promise<void>;
  /** Progress, warnings, errors. */
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory: string;
  /** Whether stdin is a terminal, whose keys reach a foreground process group. */
  readonly isInteractive: boolean;
  /**
   * Columns of stderr for lines that are written again and again, as wide as the window is now; `undefined` where they cannot
   * be: no terminal, one that is dumb or has no width, CI.
   */
  readonly liveColumns: () => number | undefined;
  /** Whether the locale has more than ASCII. */
  readonly isUnicode: boolean;
  /** Colours a word for stderr, where that is a terminal that wants colours. */
  readonly paint: (colour: "green" | "red" | "yellow" | "dim", text: string) => string;
}

/** The signs of our own words, for a locale without them. */
const ASCII: Readonly<Record<string, string>> = {
  "±": "+-",
  "…": "...",
  "°": "",
  "–": "-",
  "−": "-",
  "×": "x",
  "→": "->",
};

/** The terminal of this process. */
export function processTerminal(): Terminal {
  let hasReader = true;
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that went away (`| head`) is no reason to lose a session, nor is a terminal that did
    stream.on("error", (error) => {
      if (!("code" in error && (error.code === "EPIPE" || error.code === "EIO"))) throw error;
      if (stream === process.stdout) hasReader = false;
    });
  }
  return {
    out: (text) => void process.stdout.write(text),
    drained: () =>
      new Promise((resolve) => {
        const { stdout } = process;
        if (!hasReader || !stdout.writableNeedDrain) resolve();
        else for (const event of ["drain", "error"]) stdout.once(event, () => resolve());
      }),
    err: (text) => void process.stderr.write(isUnicode(process.env) ? text : asciiText(text)),
    environment: process.env,
    workingDirectory: process.cwd(),
    // Not by `process.stdin`, which would begin to read what belongs to a measured command
    isInteractive: isatty(0),
    liveColumns: () =>
      canRedraw(process.env) && process.stderr.isTTY ? process.stderr.columns || undefined : undefined,
    isUnicode: isUnicode(process.env),
    paint: (colour, text) => styleText(colour, text, { stream: process.stderr }),
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Terminals that know no cursor movements, and logs of CI, which keep every one of them. */
function canRedraw({ TERM, CI }: Environment): boolean {
  return TERM !== "dumb" && (CI === undefined || /^(|0|false)$/i.test(CI));
}

/** The first of these that is set and not empty decides, as in setlocale(3). */
function isUnicode({ LC_ALL, LC_CTYPE, LANG }: Environment): boolean {
  return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || "");
}

function asciiText(text: string): string {
  return text.replaceAll(/[±…°–−×→]/g, (sign) => ASCII[sign] ?? sign);
}
