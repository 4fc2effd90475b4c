import { existsSync } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { readStatus, type StatusJson, safeName } from "@ea/records";

/** Rests that last at least ten seconds and in which nothing is measured: not `idle`, which measures, and not `gate`. */
const RESTS = ["run", "configuration", "retry", "cool-down"];
/** Only so early in a rest is work begun that has to end before the next row. */
const EARLY_MS = 5000;
/** The last line of an event log is looked for in so many bytes; a longer one is no rest. */
const TAIL_BYTES = 65_536;

/** How a session stands for somebody who must not disturb it. */
export interface SessionRest {
  /** Rows that have ended, as a text that changes when one more has. */
  readonly ended: string;
  /** Whether work on this machine disturbs no measurement of it now. */
  readonly isAtRest: boolean;
  /** Whether nobody works on it any more. */
  readonly isOver: boolean;
}

/** Looks at `status.json` and the events of the processes of this machine. */
export async function sessionRest(directory: string, nowMs: number): Promise<SessionRest> {
  const status = existsSync(join(directory, "status.json")) ? await readStatus(directory) : undefined;
  const logs = await localLogs(directory);
  const live = logs.filter(({ pid }) => existsSync(`/proc/${pid}`));
  const events = await Promise.all(live.map(({ path }) => lastEvent(path)));
  return {
    ended: status ? `${status.completed} ${status.failed} ${status.suspect}` : "",
    isAtRest: events.every((event) => isRest(event, nowMs)),
    isOver: status === undefined ? live.length === 0 : hasEnded(status, live),
  };
}

function hasEnded({ state, writer }: StatusJson, live: readonly { readonly pid: number }[]): boolean {
  if (state !== "running" && state !== "sleeping") return true;
  return writer.host === hostname() && live.length === 0; // it was killed
}

/** Event logs of processes of this machine. */
async function localLogs(directory: string): Promise<readonly { readonly path: string; readonly pid: number }[]> {
  const events = join(directory, "events");
  if (!existsSync(events)) return [];
  const prefix = `${safeName(hostname())}-`;
  return (await readdir(events)).flatMap((name) => {
    const [, pid] = name.startsWith(prefix) ? (/^(\d+)(?:_\d+)?\.jsonl$/.exec(name.slice(prefix.length)) ?? []) : [];
    return pid === undefined ? [] : [{ path: join(events, name), pid: Number(pid) }];
  });
}

function isRest(event: Readonly<Record<string, unknown>> | undefined, nowMs: number): boolean {
  if (event?.["type"] === "session-finished") return true;
  if (event?.["type"] !== "sleeping" || !RESTS.includes(String(event["reason"]))) return false;
  const ageMs = nowMs - Date.parse(String(event["time"]));
  return ageMs >= 0 && ageMs < EARLY_MS && Number(event["seconds"]) >= (2 * EARLY_MS) / 1000;
}

/** The last whole line of a log; `undefined` where there is none. */
async function lastEvent(path: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
    const line = buffer.toString("utf8", 0, bytesRead).split("\n").at(-2) ?? "";
    return line.startsWith("{") && line.endsWith("}") ? JSON.parse(line) : undefined;
  } finally {
    await file.close();
  }
}
