import { epochsOf } from "@ea/energy";
import { type AuditRun, peerGroup } from "./audit-run.ts";

/** Parameters that say how many trainings one run makes. */
const FOLDS = /^(?:k|n|num)?_?(?:folds?|splits)$/i;

/** How long a run took, for each pass through its data where it is known how many these are. */
export interface Pace {
  readonly seconds: number;
  /** Epochs, times folds of a cross-validation. */
  readonly passes: number | undefined;
  /** Runs of the same have paces that can be compared. */
  readonly group: string;
  /** `54 s per epoch`, `1300 s`. */
  readonly text: string;
}

/** The pace of a run. */
export function paceOf(run: AuditRun): Pace {
  const [epochs, folds] = [epochsOf(run.parameters), foldsOf(run)];
  const passes = epochs === undefined && folds === undefined ? undefined : (epochs ?? 1) * (folds ?? 1);
  const seconds = run.durationSeconds / (passes ?? 1);
  const per = [epochs === undefined ? "" : " per epoch", folds === undefined ? "" : " per fold"].join("");
  const text = `${seconds.toPrecision(3)} s${per}`;
  return { seconds, passes, group: JSON.stringify([peerGroup(run), epochs !== undefined, folds !== undefined]), text };
}

function foldsOf({ parameters }: AuditRun): number | undefined {
  const [, value] = Object.entries(parameters).find(([name]) => FOLDS.test(name)) ?? [];
  return typeof value === "number" && value > 1 ? value : undefined;
}
