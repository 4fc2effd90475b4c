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
  /** Columns of stderr for a line that is written again and again; `undefined` where it cannot be. */
  readonly liveColumns: number | undefined;
  /** Colours a word for stderr, where that is a terminal that wants colours. */
  readonly paint: (colour: "green" | "red" | "yellow" | "dim", text: string) => string;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  let hasReader = true;
  for (const stream of [process.stdout, process.stderr]) {
    // A reader that went away (`| head`) is no reason to lose a session
    stream.on("error", (error) => {
      if (!("code" in error && error.code === "EPIPE")) throw error;
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
    err: (text) => void process.stderr.write(text),
    environment: process.env,
    workingDirectory: process.cwd(),
    // Not by `process.stdin`, which would begin to read what belongs to a measured command
    isInteractive: isatty(0),
    liveColumns: process.stderr.isTTY && process.env["TERM"] !== "dumb" ? process.stderr.columns || 80 : undefined,
    paint: (colour, text) => styleText(colour, text, { stream: process.stderr }),
  };
}
