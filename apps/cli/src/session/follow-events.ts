import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { ParameterValue } from "@ea/records";
import { z } from "zod";

/** What another process has written down of a session, as far as a display needs it. */
export const ToldEvent = z.looseObject({
  type: z.string(),
  time: z.iso.datetime({ offset: true }),
  row: z.int().optional(),
  repository: z.string().optional(),
  model: z.string().optional(),
  hyperparameters: z.record(z.string(), ParameterValue).optional(),
  mutated: z.array(z.string()).optional(),
  attempt: z.int().optional(),
  directory: z.string().optional(),
  path: z.string().optional(),
  message: z.string().optional(),
  seconds: z.number().optional(),
  reason: z.enum(["retry", "run", "configuration", "gate", "idle", "cool-down"]).optional(),
});
/** What another process has written down of a session. */
export type ToldEvent = z.infer<typeof ToldEvent>;

/** Of a log that has been written for weeks the end is enough. */
const START_BYTES = 1_000_000;

/** Reads, each time it is called, what all writers of a session have added to their logs, in the order of their times. */
export function eventFollower(directory: string): () => readonly ToldEvent[] {
  const logs = new Map<string, { offset: number; rest: string }>();
  return () => {
    const events = join(directory, "events");
    if (!existsSync(events)) return [];
    const added = readdirSync(events)
      .filter((name) => name.endsWith(".jsonl"))
      .flatMap((name) => addedLines(join(events, name), logs));
    return added.flatMap(eventOf).sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  };
}

function addedLines(path: string, logs: Map<string, { offset: number; rest: string }>): readonly string[] {
  const file = openSync(path, "r");
  try {
    const { size } = fstatSync(file);
    const before = logs.get(path) ?? { offset: Math.max(0, size - START_BYTES), rest: "" };
    const block = Buffer.alloc(Math.max(0, size - before.offset));
    const read = readSync(file, block, 0, block.length, before.offset);
    const lines = `${before.rest}${block.toString("utf8", 0, read)}`.split("\n");
    logs.set(path, { offset: before.offset + read, rest: lines.pop() ?? "" });
    return lines;
  } finally {
    closeSync(file);
  }
}

/** None of a line that was torn: its writer was killed, or the start of the log has been left out. */
function eventOf(line: string): readonly ToldEvent[] {
  try {
    const event = ToldEvent.safeParse(JSON.parse(line));
    return event.success ? [event.data] : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}
