import type { SessionStanding } from "@ea/runner";
import { seconds } from "../format.ts";

/** What each state means for the one who asks. */
const WORDS: Readonly<Record<SessionStanding["state"], string>> = {
  "not started": "planned, and not started",
  running: "running",
  sleeping: "resting between two runs",
  lost: "not running: its process has gone without a word",
  unseen: "at work, as another host has said",
  stopped: "stopped with runs left",
  interrupted: "interrupted",
  failed: "ended by an error",
  finished: "finished",
};

/** How a session stands, in a few lines. */
export function standingText(standing: SessionStanding, now: Date): string {
  const { session, state, status, isToStop } = standing;
  const writer = status && `, pid ${status.writer.pid} on ${status.writer.host}, ${age(status.updated_at, now)} ago`;
  const lines = [
    `${session}: ${WORDS[state]}${writer ?? ""}`,
    countsText(standing),
    ...(isToStop && isAtWork(standing) ? ["asked to stop: what runs now ends by itself, nothing else starts"] : []),
    ...(status?.current && isAtWork(standing) ? [currentText(status.current, now)] : []),
    ...(isAtWork(standing) || state === "finished" ? [] : [`Next: ea resume ${session}`]),
    ...(state === "finished" ? [`Next: ea summary ${session}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** Whether somebody works on it, as far as can be seen. */
export function isAtWork({ state }: Pick<SessionStanding, "state">): boolean {
  return state === "running" || state === "sleeping" || state === "unseen";
}

/** `12 of 40 runs ended: 11 succeeded, 1 failed; 28 left` */
export function countsText({
  planned,
  completed,
  failed,
  suspect,
}: Pick<SessionStanding, "planned" | "completed" | "failed" | "suspect">): string {
  const ended = completed + failed + suspect;
  const parts = [`${completed} succeeded`, failed && `${failed} failed`, suspect && `${suspect} suspect`];
  return `${ended} of ${planned} runs ended: ${parts.filter(Boolean).join(", ")}; ${planned - ended} left`;
}

type Current = NonNullable<NonNullable<SessionStanding["status"]>["current"]>;

function currentText({ row, experiment_id: id, attempt, since }: Current, now: Date): string {
  const what = attempt === null ? "waits to start" : `attempt ${attempt}`;
  return `now: row ${row}, ${what}, for ${age(since, now)} (${id})`;
}

function age(since: string, now: Date): string {
  return seconds(Math.max(0, (now.getTime() - Date.parse(since)) / 1000));
}
