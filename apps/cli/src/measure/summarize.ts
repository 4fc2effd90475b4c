import { type Sample, sampleOf } from "@ea/analysis";
import type { Quantity, QuantityQuality } from "@ea/energy";
import { isComplete, type MeasuredRun, type RunEnergy } from "./measured-run.ts";

/** One figure of a command over its complete runs. */
export interface Summary {
  /** Name of a quantity, or `duration`. */
  readonly name: string;
  readonly device: string | undefined;
  /** J: energy; W: mean power over a run; s: duration. */
  readonly unit: "J" | "W" | "s";
  /** `undefined` when no complete run has a value. */
  readonly sample: Sample | undefined;
  readonly quality: QuantityQuality;
  /** Why there is no sample, or why it is only an estimate. */
  readonly reason: string | undefined;
  /** Mean over the runs of the expanded uncertainty of each, in joules; repeating does not make it smaller. */
  readonly uncertaintyJoules: number | undefined;
  /** Highest power of all runs, for W. */
  readonly peakWatts: number | undefined;
  /** Complete runs whose value is only partial, and in no mean. */
  readonly partial: number;
}

/** Whether an energy may enter a mean or a comparison. */
function isWhole({ value, quality }: Quantity): boolean {
  return value !== null && quality !== "partial";
}

/** Energies first, then the duration, then powers. */
export function summarize(runs: readonly MeasuredRun[]): readonly Summary[] {
  const complete = runs.filter(isComplete);
  const identities = new Map<string, RunEnergy>();
  for (const energy of runs.flatMap(({ energies }) => energies)) {
    const key = `${energy.quantity.name} ${energy.quantity.device ?? ""}`;
    // The one that says most about a missing value is the latest
    identities.set(key, energy);
  }
  const rows = [...identities.values()].map(({ quantity: { name, device, reason, quality } }) => {
    const energies = complete
      .flatMap((run) => run.energies)
      .filter(({ quantity }) => quantity.name === name && quantity.device === device);
    const whole = energies.filter(({ quantity }) => isWhole(quantity));
    const best = whole[0]?.quantity;
    const common = {
      name,
      device,
      quality: best?.quality ?? "unavailable",
      reason: best ? best.reason : whyNone(complete.length, quality, reason),
      partial: energies.filter(({ quantity }) => quantity.quality === "partial").length,
    };
    return { common, whole };
  });
  const seconds = complete.map(({ durationSeconds }) => durationSeconds);
  return [
    ...rows.map(
      ({ common, whole }): Summary => ({
        ...common,
        unit: "J",
        sample: sampleOf(whole.flatMap(({ quantity }) => quantity.value ?? [])),
        uncertaintyJoules: sampleOf(whole.flatMap(({ quantity }) => quantity.uncertainty?.combined ?? []))?.mean,
        peakWatts: undefined,
      }),
    ),
    durationSummary(seconds),
    ...rows.map(
      ({ common, whole }): Summary => ({
        ...common,
        unit: "W",
        sample: sampleOf(whole.flatMap(({ meanWatts }) => meanWatts ?? [])),
        uncertaintyJoules: undefined,
        peakWatts: sampleOf(whole.flatMap(({ peakWatts }) => peakWatts ?? []))?.max,
      }),
    ),
  ];
}

function durationSummary(seconds: readonly number[]): Summary {
  return {
    name: "duration",
    device: undefined,
    unit: "s",
    sample: sampleOf(seconds),
    quality: seconds.length > 0 ? "measured" : "unavailable",
    reason: seconds.length > 0 ? undefined : whyNone(0, undefined, undefined),
    uncertaintyJoules: undefined,
    peakWatts: undefined,
    partial: 0,
  };
}

function whyNone(complete: number, quality: QuantityQuality | undefined, reason: string | undefined): string {
  if (complete === 0) return "no run of the command is complete";
  return quality === "partial" ? `every value is partial: ${reason ?? "unknown"}` : (reason ?? "unknown");
}
