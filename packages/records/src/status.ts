import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "./read-json.ts";
import { SCHEMA_VERSION } from "./schema-version.ts";
import { toJsonText } from "./write-file.ts";

const moment = z.iso.datetime({ offset: true });

/** `status.json`: how a session stands, as the process that wrote last knows it. Fields beside these are kept. */
export const StatusJson = z.looseObject({
  schema_version: z.literal(SCHEMA_VERSION),
  session: z.string(),
  /** What the writer does. A process that was killed leaves its last state: look whether it still lives. */
  state: z.enum(["running", "sleeping", "finished", "interrupted", "failed"]),
  updated_at: moment,
  writer: z.looseObject({
    host: z.string(),
    boot_id: z.string(),
    pid_namespace: z.string(),
    pid: z.int(),
    process_start_ticks: z.string(),
  }),
  planned: z.int().nonnegative(),
  completed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  suspect: z.int().nonnegative(),
  /** The row at work; `null` between two rows. */
  current: z
    .looseObject({ row: z.int(), experiment_id: z.string(), attempt: z.int().nullable(), since: moment })
    .nullable(),
  /** What the meters said last while a training was measured; a few seconds old. */
  readings: z
    .array(
      z.looseObject({
        name: z.string(),
        device: z.string().nullable(),
        power_watts: z.number(),
        temperature_celsius: z.number().nullable(),
        utilization_percent: z.number().nullable(),
      }),
    )
    .default([]),
});
/** How a session stands. */
export type StatusJson = z.infer<typeof StatusJson>;

/** Replaces `status.json`: a reader sees the old one or the new one. It need not outlive a crash of the machine. */
export function writeStatus(directory: string, status: StatusJson): void {
  const path = join(directory, "status.json");
  // Of one writer, which waits for each write: its next one takes the place of a file that it could not finish
  const temporary = `${path}.${status.writer.host.replaceAll("/", "-")}.${status.writer.pid}.tmp`;
  writeFileSync(temporary, toJsonText(status));
  renameSync(temporary, path);
}

/** Reads `status.json` of a session. */
export async function readStatus(directory: string): Promise<StatusJson> {
  return readJson(join(directory, "status.json"), StatusJson, "BAD_RECORD");
}
