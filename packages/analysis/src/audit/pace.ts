import { epochsOf } from "@ea/energy";
import { type AuditRun, peerGroup } from "./audit-run.ts";

/** How long a run took, per epoch where its epochs are known. */
export interface Pace {
  readonly seconds: number;
  readonly epochs: number | undefined;
  /** Runs of the same have paces that can be compared. */
  readonly group: string;
  /** `54 s per epoch`, `1300 s`. */
  readonly text: string;
}

/** The pace of a run. */
export function paceOf(run: AuditRun): Pace {
  const epochs = epochsOf(run.parameters);
  const seconds = run.durationSeconds / (epochs ?? 1);
  const text = `${seconds.toPrecision(3)} s${epochs === undefined ? "" : " per epoch"}`;
  return { seconds, epochs, group: JSON.stringify([peerGroup(run), epochs !== undefined]), text };
}
