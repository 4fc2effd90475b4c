/** What goes wrong while nvidia-smi samples. */
export const FAULT_KINDS = [
  "stall",
  "lost-rows",
  "not-available",
  "repeats",
  "clock-step",
  "late",
  "gpu-lost",
] as const;
/** What goes wrong while nvidia-smi samples. */
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault of a sampler. */
export type Fault =
  /** No row for some seconds, as when the machine is busy. */
  | { readonly kind: "stall"; readonly atSeconds: number; readonly seconds: number }
  /** A share of the rows is missing. */
  | { readonly kind: "lost-rows"; readonly share: number }
  /** A share of the rows has `[N/A]` for the power. */
  | { readonly kind: "not-available"; readonly share: number }
  /** A share of the rows is printed twice. */
  | { readonly kind: "repeats"; readonly share: number }
  /** The system clock is set. */
  | { readonly kind: "clock-step"; readonly atSeconds: number; readonly byMs: number }
  /** Rows reach the reader up to this much late. */
  | { readonly kind: "late"; readonly byMs: number }
  /** From some time on every value is `[GPU is lost]`. */
  | { readonly kind: "gpu-lost"; readonly atSeconds: number };
