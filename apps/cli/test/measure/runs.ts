import type { Quantity } from "@ea/energy";
import type { MeasuredRun } from "../../src/measure/measured-run.ts";

/** So many joules, with some members replaced. */
export function joules(value: number | null, members: Partial<Quantity> = {}): Quantity {
  return {
    name: "cpu_package",
    scope: "host",
    value,
    unit: "J",
    source: "perf",
    method: "made up",
    quality: value === null ? "unavailable" : "measured",
    ...(value === null && { reason: "no counter" }),
    ...members,
  };
}

/** A complete run of a second with these energies. */
export function run(command: number, energies: readonly Quantity[], members: Partial<MeasuredRun> = {}): MeasuredRun {
  return {
    command,
    run: 0,
    exitCode: 0,
    signal: undefined,
    isInterrupted: false,
    durationSeconds: 1,
    energies: energies.map((quantity) => ({ quantity, meanWatts: quantity.value ?? undefined, peakWatts: undefined })),
    meterCpuSeconds: {},
    leftovers: 0,
    ...members,
  };
}
