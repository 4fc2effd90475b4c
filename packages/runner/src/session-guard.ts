import type { Quantity } from "@ea/energy";
import { FAST_FAILURE_SECONDS } from "./defaults.ts";
import type { EndedRow } from "./ended-rows.ts";
import type { Settings } from "./settings.ts";

/** What is counted of an energy budget: no joule twice, and no estimate. */
const COUNTED = new Set(["cpu_package", "dram", "gpu"]);
const JOULES_PER_KWH = 3.6e6;

/** What counts of a row that has ended. */
interface Counted extends Pick<EndedRow, "status" | "joules"> {
  readonly work: Pick<EndedRow["work"], "durationSeconds">;
}

/** Decides whether a session goes on after each row. */
export interface SessionGuard {
  /** Why no other row is to start; `undefined` when one is. */
  readonly reason: (monotonicMs: number) => string | undefined;
  /** Takes a row that has ended in this process. */
  readonly add: (row: Counted) => void;
}

/** A guard over budgets, and over failures that come too fast to be the configurations' own. */
export function sessionGuard(
  settings: Pick<Settings, "maxJoules" | "maxHours" | "maxFastFailures">,
  { startMs, ended }: { readonly startMs: number; readonly ended: Iterable<Pick<EndedRow, "joules">> },
): SessionGuard {
  const { maxJoules = Number.POSITIVE_INFINITY, maxHours = Number.POSITIVE_INFINITY, maxFastFailures } = settings;
  let usedJoules = 0;
  let fastFailures = 0;
  for (const { joules } of ended) usedJoules += joules;
  return {
    add({ joules, status, work }) {
      usedJoules += joules;
      const isFast = status === "failed" && work.durationSeconds < FAST_FAILURE_SECONDS;
      fastFailures = isFast ? fastFailures + 1 : 0;
    },
    reason(monotonicMs) {
      const hours = (monotonicMs - startMs) / 3.6e6;
      if (usedJoules >= maxJoules) {
        const used = `${usedJoules.toPrecision(4)} J (${(usedJoules / JOULES_PER_KWH).toPrecision(3)} kWh)`;
        return `the session has used ${used} of the ${maxJoules} J that it may`;
      }
      if (hours >= maxHours) return `${hours.toFixed(2)} h have passed of the ${maxHours} h that it may take`;
      if (maxFastFailures > 0 && fastFailures >= maxFastFailures) {
        return `${fastFailures} runs in a row failed within ${FAST_FAILURE_SECONDS} s each: something is wrong with all of them`;
      }
      return undefined;
    },
  };
}

/** Joules of all attempts of a row: the failed ones count too. */
export function joulesOf({
  attempts,
}: {
  readonly attempts: readonly { readonly energy: readonly Pick<Quantity, "name" | "value">[] }[];
}): number {
  let joules = 0;
  for (const { energy } of attempts) {
    for (const { name, value } of energy) if (COUNTED.has(name)) joules += value ?? 0;
  }
  return joules;
}
