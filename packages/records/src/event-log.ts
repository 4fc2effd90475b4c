import { closeSync, openSync, writeSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { RecordsError } from "./errors.ts";
import { hasCode } from "./has-code.ts";
import { safeName } from "./names.ts";

/** The events of one process on one session. */
export interface EventLog {
  readonly path: string;
  /** Adds a line; throws what the system says, after which the log is closed: nothing follows a torn line. */
  readonly add: (event: Readonly<Record<string, unknown>>) => void;
  /** Ends the log; what is added later is left out. */
  readonly close: () => void;
}

/** Opens `events/<host>-<pid>.jsonl` of a session for its one writer, with `_2`, `_3` … when a pid is used again. */
export async function openEventLog(directory: string, writer: { host: string; pid: number }): Promise<EventLog> {
  const events = join(directory, "events");
  await mkdir(events, { recursive: true });
  const { path, file } = openNew(join(events, `${safeName(writer.host)}-${writer.pid}`));
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  return {
    path,
    add: (event) => {
      if (!isOpen) return;
      try {
        const bytes = Buffer.from(`${JSON.stringify(event)}\n`);
        for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      } catch (error) {
        close();
        throw error;
      }
    },
    close,
  };
}

function openNew(base: string): { readonly path: string; readonly file: number } {
  for (let count = 1; ; count += 1) {
    const path = count === 1 ? `${base}.jsonl` : `${base}_${count}.jsonl`;
    try {
      return { path, file: openSync(path, "ax") };
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
  }
}

/**
 * Reads an event log. Its last line may be torn, because its writer was killed or is writing it now: it is left out.
 *
 * @throws {RecordsError} `BAD_RECORD` for another line that is no JSON object, with its number.
 */
export async function readEventLog(path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const lines = (await readFile(path, "utf8")).split("\n").slice(0, -1);
  return lines.map((line, index) => {
    const event = objectIn(line);
    if (!event)
      throw new RecordsError("BAD_RECORD", `${path}:${index + 1}: expected a JSON object, found ${line.slice(0, 200)}`);
    return event;
  });
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
