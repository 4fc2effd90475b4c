import type { CounterStep } from "./counter-energy.ts";
import type { Sweep } from "./mirrored-zones.ts";
import { powercapCounting } from "./powercap-counting.ts";
import { parsePowercapRow, sweepCollector } from "./powercap-log.ts";
import type { PowercapZone } from "./powercap-zones.ts";

/**
 * The text of `cpu_energy.csv` from the lines of the log: one row per domain and interval, summed over sockets. Where a
 * domain was not read completely the row is empty, and the next full one holds the joules since the last full one; what
 * is lost with a counter that was reset is in none.
 *
 * @param zones the zones of the log that have a counter of their own.
 */
export async function* powercapIntervals(
  lines: AsyncIterable<string>,
  zones: readonly PowercapZone[],
): AsyncGenerator<string, void> {
  const counting = powercapCounting(zones);
  const sweeps = sweepCollector();
  const domains = [...new Set(zones.map(({ domain }) => domain.quantity))].map((quantity) => {
    const ids = zones.filter(({ domain }) => domain.quantity === quantity).map(({ id }) => id);
    return { quantity, ids, interval: intervalSum() };
  });
  const rowsOf = (sweep: Sweep): readonly string[] => {
    const [time] = [...sweep.values()];
    const steps = counting.add(sweep);
    if (!time) return [];
    return domains.flatMap(({ quantity, ids, interval }) => {
      const joules = interval.add(ids.map((id) => steps.get(id)));
      return joules === 0 ? [] : [`${time.timeSeconds},${quantity},${joules ?? ""}\n`];
    });
  };

  yield "t_seconds,domain,joules\n";
  let isFirst = true;
  for await (const line of lines) {
    const row = parsePowercapRow(line);
    const sweep = row && sweeps.add(row);
    if (!sweep) continue;
    const rows = rowsOf(sweep);
    // The first readings begin an interval and end none
    if (!isFirst) yield* rows;
    isFirst = false;
  }
  yield* rowsOf(sweeps.end());
}

/** Sums what the zones of one domain count, until each of them has told; `undefined` while one has not. */
function intervalSum(): { add(steps: readonly (CounterStep | undefined)[]): number | undefined } {
  let pendingJoules = 0;
  return {
    add(steps) {
      let isComplete = true;
      let isLost = false;
      for (const step of steps) {
        if (step?.kind === "counted") pendingJoules += step.energyJoules;
        else isComplete = false;
        if (step?.kind === "lost") isLost = true;
      }
      const joules = isComplete ? pendingJoules : undefined;
      if (isComplete || isLost) pendingJoules = 0;
      return joules;
    },
  };
}
