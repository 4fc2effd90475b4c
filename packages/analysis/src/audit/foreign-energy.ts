import type { PublishedJson } from "@ea/records";
import type { AuditRun } from "./audit-run.ts";
import { type Finding, finding } from "./finding.ts";
import type { Thresholds } from "./thresholds.ts";

/** Energies that a run's own trace can be compared with: fewer samples than this vary too much at their ends. */
const MIN_SAMPLES = 10;

/** What two energies of one counter may differ by: they are written with two decimals. */
const COUNTER_JOULES = 0.02;

/**
 * Energies that were published for a run, or stand in its record, and cannot be its own: they do not agree with its own
 * trace, neither added up nor integrated, or with its own counter; where another run has exactly this energy, it is named.
 */
export function foreignEnergy(runs: readonly AuditRun[], thresholds: Thresholds): readonly Finding[] {
  const owners = ownersOf(runs);
  return runs.flatMap((run) => {
    const [first, ...more] = [
      ...run.published.flatMap((each) => differences(run, each, owners, thresholds)),
      ...againstRecord(run, thresholds),
    ];
    if (!first) return [];
    const all = [first, ...more];
    const worst = all.find(({ code }) => code !== "published-differs") ?? first;
    const evidence = { differences: all.map(({ evidence: each }) => each) };
    return [finding(run, worst.code, worst.code === "published-differs" ? "warning" : "error", worst.text, evidence)];
  });
}

interface Difference {
  readonly code: "energy-of-another-run" | "unit-mistake" | "published-differs";
  readonly text: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** Runs by the joules that their own trace or counter says. */
type Owners = ReadonlyMap<string, AuditRun>;

function ownersOf(runs: readonly AuditRun[]): Owners {
  return new Map(
    runs.flatMap((run) => {
      const sums = run.traces.length > 0 ? [keyOf(sumJoules(run))] : [];
      const [first] = run.published;
      const values =
        first?.line === null
          ? [first.energy_metrics.gpu_energy_total_joules, first.energy_metrics.cpu_energy_pkg_joules]
          : [];
      return [...sums, ...values.flatMap((value) => (value === null || value === 0 ? [] : [keyOf(value)]))].map(
        (key) => [key, run] as const,
      );
    }),
  );
}

/** Sums of the same values in another order differ in their last digits. */
function keyOf(joules: number): string {
  return joules.toFixed(2);
}

function sumJoules({ traces }: AuditRun): number {
  return traces.reduce((sum, trace) => sum + trace.sumJoules, 0);
}

function differences(
  run: AuditRun,
  published: PublishedJson,
  owners: Owners,
  thresholds: Thresholds,
): readonly Difference[] {
  const { energy_metrics: energy } = published;
  const where = published.line === null ? published.file : `${published.file}, line ${published.line}`;
  return [
    ...gpuDifference(run, where, energy.gpu_energy_total_joules, owners, thresholds),
    ...cpuDifference(run, where, energy.cpu_energy_pkg_joules, owners, thresholds),
  ];
}

function gpuDifference(
  run: AuditRun,
  where: string,
  joules: number | null,
  owners: Owners,
  thresholds: Thresholds,
): readonly Difference[] {
  const samples = run.traces.reduce((sum, trace) => sum + trace.samples, 0);
  if (joules === null || samples < MIN_SAMPLES) return [];
  const expected = [
    sumJoules(run),
    run.traces.reduce((sum, trace) => sum + trace.integralJoules, 0),
    ...(run.gpuJoules === undefined ? [] : [run.gpuJoules]),
  ];
  const share = Math.min(...expected.map((each) => Math.abs(joules / each - 1)));
  if (!(share > thresholds.sameEnergyShare)) return [];
  return [difference({ run, where, what: "GPU", joules, own: expected[0] ?? 0, share, owners, thresholds })];
}

/** The run's own counter is in what its directory was read to; the first thing published may be a copy of it. */
function cpuDifference(
  run: AuditRun,
  where: string,
  joules: number | null,
  owners: Owners,
  thresholds: Thresholds,
): readonly Difference[] {
  const counted = run.cpuJoules;
  if (joules === null || counted === undefined || counted === 0 || Math.abs(joules - counted) <= COUNTER_JOULES)
    return [];
  const share = Math.abs(joules / counted - 1);
  return [difference({ run, where, what: "CPU package", joules, own: counted, share, owners, thresholds })];
}

/** Joules that are none. */
const UNITS = [
  { unit: "kJ", ratio: 1e-3 },
  { unit: "mJ", ratio: 1e3 },
  { unit: "Wh", ratio: 1 / 3600 },
  { unit: "kWh", ratio: 1 / 3.6e6 },
] as const;

interface Compared {
  readonly run: AuditRun;
  readonly where: string;
  readonly what: string;
  readonly joules: number;
  readonly own: number;
  readonly share: number;
  readonly owners: Owners;
  readonly thresholds: Thresholds;
}

function difference({ run, where, what, joules, own, share, owners, thresholds }: Compared): Difference {
  const found = owners.get(keyOf(joules));
  const owner = found === run ? undefined : found;
  const factor = UNITS.find(({ ratio }) => Math.abs(joules / own / ratio - 1) <= thresholds.differentEnergyShare);
  const off = factor ? `which is its own in ${factor.unit}` : `${(100 * share).toFixed(0)} % off`;
  const whose = owner ? `which is exactly that of ${owner.id}` : off;
  const text = `${where} gives ${joules.toFixed(0)} J of ${what} energy, ${whose}; its own ${what === "GPU" ? "trace" : "counter"} says ${own.toFixed(0)} J`;
  const evidence = { where, what, joules, own_joules: own, share, owner: owner?.id ?? null };
  const isForeign = owner !== undefined || share > thresholds.differentEnergyShare;
  if (isForeign && !owner && factor) return { code: "unit-mistake", text, evidence };
  return { code: isForeign ? "energy-of-another-run" : "published-differs", text, evidence };
}

/** What stands in a record against the trace beside it. */
function againstRecord(run: AuditRun, { differentEnergyShare }: Thresholds): readonly Difference[] {
  const samples = run.traces.reduce((sum, trace) => sum + trace.samples, 0);
  if (run.gpuJoules === undefined || samples < MIN_SAMPLES) return [];
  const integral = run.traces.reduce((sum, trace) => sum + trace.integralJoules, 0);
  // The record also has the energy before the first sample and after the last one
  const spanned = Math.max(...run.traces.map(({ startMs, endMs }) => (endMs - startMs) / 1000));
  const scaled = integral * Math.max(1, run.durationSeconds / spanned);
  const share = Math.min(Math.abs(run.gpuJoules / integral - 1), Math.abs(run.gpuJoules / scaled - 1));
  if (!(share > differentEnergyShare)) return [];
  const text = `the record has ${run.gpuJoules.toFixed(0)} J of GPU energy, ${(100 * share).toFixed(0)} % off; its own trace says ${integral.toFixed(0)} J`;
  return [
    {
      code: "energy-of-another-run",
      text,
      evidence: {
        where: "experiment.json",
        what: "GPU",
        joules: run.gpuJoules,
        own_joules: integral,
        share,
        owner: null,
      },
    },
  ];
}
