import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { z } from "zod";

/** So much of a log is read: some hundred events. */
const TAIL_BYTES = 64 * 1024;

const Event = z.object({
  type: z.string(),
  time: z.iso.datetime(),
  row: z.int().optional(),
  directory: z.string().optional(),
  path: z.string().optional(),
});

/** When a process worked on a row. */
export interface RowSpan {
  /** Of its directory below the session's. */
  readonly name: string;
  /** Milliseconds since 1970; `undefined` when its log says no end. */
  readonly endMs: number | undefined;
}

/** The rows that the end of an event log tells of. */
export async function recentRows(log: string): Promise<readonly RowSpan[]> {
  const rows = new Map<string, RowSpan>();
  for (const { type, time, directory, path } of await lastEvents(log)) {
    const note = (row: string, endMs?: number): unknown => rows.set(basename(row), { name: basename(row), endMs });
    if (type === "attempt-started" && directory !== undefined) note(dirname(directory));
    else if (type === "row-finished" && path !== undefined) note(dirname(path), Date.parse(time));
    else if (type === "row-interrupted" && directory !== undefined) note(directory, Date.parse(time));
  }
  return [...rows.values()];
}

/** Its last line may be torn, because it is being written now. */
async function lastEvents(log: string): Promise<readonly z.infer<typeof Event>[]> {
  const file = await open(log, "r");
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    const { bytesRead } = await file.read(tail, 0, tail.length, size - tail.length);
    const lines = tail.subarray(0, bytesRead).toString("utf8").split("\n");
    return lines.flatMap((line) => eventIn(line) ?? []);
  } finally {
    await file.close();
  }
}

function eventIn(line: string): z.infer<typeof Event> | undefined {
  try {
    return Event.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
