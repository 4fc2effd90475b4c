import { addQuantities, type Quantity, quantityFromJson } from "@ea/energy";
import type { AttemptJson, RecordJson } from "@ea/records";
import type { CostBasis } from "./report-data.ts";

/** Parts of a whole that have no joule in common. */
const PARTS = ["cpu_package", "dram", "gpu"];
const ESTIMATE = "cpu_estimate";

type Energies = AttemptJson["energy"];

/** What the energy of something comes to on a basis. */
export interface Cost {
  /** `null` when a part is missing or partial. */
  readonly joules: number | null;
  /** ± joules, coverage factor 2. */
  readonly uncertainty: number | null;
  /** Joules by position in the basis' parts. */
  readonly parts: readonly (number | null)[];
  /** Why there are no joules. */
  readonly reason: string | null;
}

/**
 * What the energies of runs are compared by: the fullest set of meters that at least half of the runs with any measured
 * energy have; the estimate only where no run has a measured or integrated one; else nothing.
 */
export function costBasis(records: readonly RecordJson[]): CostBasis {
  const runs = records.filter(({ status }) => status === "success");
  const measured = (runs.length > 0 ? runs : records).map(({ energy }) => wholeNames(energy));
  const known = measured.filter((names) => names.length > 0);
  if (known.length > 0) return { kind: "measured", parts: fullestCommon(known) };
  const hasEstimate = records.some(({ energy }) =>
    energy.some(({ name, value }) => name === ESTIMATE && value !== null),
  );
  return hasEstimate ? { kind: "estimate", parts: [ESTIMATE] } : { kind: "none", parts: [] };
}

/** Names of what may be added up and has whole values; else of one quantity that stands for itself, such as `cpu_psys`. */
function wholeNames(energy: Energies): readonly string[] {
  const names = [...new Set(energy.map(({ name }) => name))].filter((name) => valueOf(energy, name) !== undefined);
  const parts = PARTS.filter((name) => names.includes(name));
  if (parts.length > 0) return parts;
  return names.filter((name) => name !== ESTIMATE && !name.endsWith("_net")).slice(0, 1);
}

function fullestCommon(sets: readonly (readonly string[])[]): readonly string[] {
  const candidates = [...new Set(sets.map((names) => names.join()))].map((names) => names.split(","));
  const covers = (candidate: readonly string[]): number =>
    sets.filter((names) => candidate.every((name) => names.includes(name))).length;
  const common = candidates.filter((candidate) => 2 * covers(candidate) >= sets.length);
  const best = (common.length > 0 ? common : candidates).sort((a, b) => b.length - a.length || covers(b) - covers(a));
  return best[0] ?? [];
}

/** The quantities of a name, when each has a whole value. */
function valueOf(energy: Energies, name: string): readonly Quantity[] | undefined {
  const all = energy.filter((quantity) => quantity.name === name);
  const isWhole = all.every(({ value, quality }) => value !== null && quality !== "partial");
  return all.length > 0 && isWhole ? all.map(quantityFromJson) : undefined;
}

/** The energy of a run or an attempt on a basis. */
export function costOf(energy: Energies, basis: CostBasis): Cost {
  const none = { joules: null, uncertainty: null };
  const found = basis.parts.map((name) => valueOf(energy, name));
  const parts = found.map((quantities) => quantities?.reduce((sum, { value }) => sum + (value ?? 0), 0) ?? null);
  const missing = basis.parts.filter((_, index) => !found[index]);
  if (missing.length > 0) return { ...none, parts, reason: missing.map((name) => whyMissing(energy, name)).join("; ") };
  const quantities = found.flatMap((each) => each ?? []);
  if (basis.kind === "none" || quantities.length === 0) return { ...none, parts, reason: "no energy" };
  const total = basis.kind === "estimate" || quantities.length === 1 ? quantities[0] : summed(quantities);
  return { joules: total?.value ?? null, uncertainty: total?.uncertainty?.combined ?? null, parts, reason: null };
}

function summed(quantities: readonly Quantity[]): Quantity {
  const identity = { name: "total", scope: "host", source: "report", method: "sum", device: undefined } as const;
  return addQuantities(identity, quantities);
}

function whyMissing(energy: Energies, name: string): string {
  const [bad] = energy.filter(
    (quantity) => quantity.name === name && (quantity.value === null || quantity.quality === "partial"),
  );
  if (!bad) return `no ${name}`;
  return bad.value === null ? `no ${name}: ${bad.reason ?? "no reason given"}` : `${name} is only partial`;
}
