/** What two readings of an energy counter, one after the other, tell of the energy between them. */
export type CounterDifference =
  /** There was no reading before this one: nothing is known yet. */
  | { readonly kind: "first" }
  /** The counter has advanced by `difference`, in its own unit. */
  | { readonly kind: "difference"; readonly difference: number }
  /** The counter began anew, or a reading is no counter value: what happened in between is lost. */
  | { readonly kind: "reset" };

/**
 * The difference of two readings of a counter that only grows, and that begins again at 0 after `range`.
 *
 * Linux shows such counters as `energy_uj` and `max_energy_range_uj` (Documentation/power/powercap/powercap.rst,
 * Documentation/ABI/testing/sysfs-class-powercap). The range is the largest value that the counter shows (the driver
 * translates its mask 2^32 − 1), so that the step from `range` to 0 is one unit more. A unit of RAPL is 15 to 61 µJ:
 * a wrap is exact to that.
 *
 * A lower reading is taken for one wrap. Whether there may have been two, or a counter that was set to 0, only the caller
 * can tell, who knows the time between the readings and the power that is possible.
 *
 * @param previous reading before, in whole units of the counter; `undefined` when there is none.
 * @param current reading now, in the same unit.
 * @param range largest value of the counter, in the same unit; `undefined` when it is not known.
 */
export function counterDifference(previous: number | undefined, current: number, range?: number): CounterDifference {
  if (!isReading(current, range)) return { kind: "reset" };
  if (previous === undefined) return { kind: "first" };
  if (!isReading(previous, range)) return { kind: "reset" };
  if (current >= previous) return { kind: "difference", difference: current - previous };
  // Without the range a lower reading says that something was lost, and not how much
  if (range === undefined) return { kind: "reset" };
  return { kind: "difference", difference: range - previous + current + 1 };
}

function isReading(value: number, range: number = Number.MAX_VALUE): boolean {
  return value >= 0 && value <= range;
}
