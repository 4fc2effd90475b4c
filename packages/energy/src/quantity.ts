import { EnergyError } from "./errors.ts";
import type { Uncertainty } from "./uncertainty.ts";

/** Whose energy it is: everything of the host, one device, or one process tree. */
export type QuantityScope = "host" | "device" | "process";

/**
 * How much a value can be trusted: `measured` by a hardware counter, `integrated` from sampled power, `estimated` by
 * a model, `partial` when parts of the window are missing beyond the policy, `unavailable` when there is no value.
 */
export type QuantityQuality = "measured" | "integrated" | "estimated" | "partial" | "unavailable";

/** One energy in joules, with where it came from, how sure it is, and why it is missing when it is missing. */
export interface Quantity {
  /** `cpu_package`, `dram`, `cpu_psys`, `gpu`, `cpu_estimate` or a new sensor's own; unique together with `device`. */
  readonly name: string;
  readonly scope: QuantityScope;
  /** GPU UUID or socket; `undefined` when the quantity is not split by device. */
  readonly device?: string | undefined;
  /** Joules, or `null`, which always has a `reason`. */
  readonly value: number | null;
  readonly unit: "J";
  /** The tool or file that was read, such as `perf` or `nvidia-smi`. */
  readonly source: string;
  /** How the joules came about, in a few words. */
  readonly method: string;
  readonly quality: QuantityQuality;
  /** Why the value is missing, partial or only an estimate. */
  readonly reason?: string | undefined;
  readonly uncertainty?: Uncertainty | undefined;
  /** Share of the window that was really observed, 0 to 1. */
  readonly coverage?: number | undefined;
}

/** What is known of a quantity before it is measured. */
export type QuantityIdentity = Pick<Quantity, "name" | "scope" | "device" | "source" | "method">;

/** A quantity without a value, and the reason why. */
export function unavailable(identity: QuantityIdentity, reason: string): Quantity {
  return checkQuantity({ ...identity, value: null, unit: "J", quality: "unavailable", reason });
}

/**
 * Returns the quantity unchanged when it is consistent.
 *
 * @throws {EnergyError} `BAD_QUANTITY` when the value is negative or not finite, or when `null`, `unavailable` and
 * `reason` do not go together.
 */
export function checkQuantity(quantity: Quantity): Quantity {
  const { name, value, quality, reason } = quantity;
  const problem =
    value !== null && !(Number.isFinite(value) && value >= 0)
      ? `expected a finite value of at least 0 J, found ${value}`
      : (value === null) !== (quality === "unavailable")
        ? `expected null exactly when the quality is unavailable, found ${value} and ${quality}`
        : (value === null || quality === "partial") && !reason
          ? `expected a reason beside quality ${quality}, found none`
          : undefined;
  if (problem !== undefined) throw new EnergyError("BAD_QUANTITY", `Quantity ${name}: ${problem}`);
  return quantity;
}

/** Sum in joules of all quantities of that name; `null` when there is none, or when one of them has no value. */
export function totalJoules(quantities: readonly Quantity[], name: string): number | null {
  let total: number | null = null;
  for (const quantity of quantities) {
    if (quantity.name !== name) continue;
    if (quantity.value === null) return null;
    total = (total ?? 0) + quantity.value;
  }
  return total;
}
