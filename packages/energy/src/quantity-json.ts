import { z } from "zod";
import type { Quantity } from "./quantity.ts";

const item = z.number().nonnegative().nullable();

const UncertaintyJson = z.looseObject({
  combined: z.number().nonnegative(),
  coverage_factor: z.literal(2),
  sampling: item,
  sensor: item,
  quantisation: item,
  edges: item,
});

/** A quantity as it stands on disk: snake_case, absent is `null`. */
export const QuantityJson = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  scope: z.enum(["host", "device", "process"]),
  device: z.string().nullable(),
  value: z.number().nonnegative().nullable(),
  unit: z.literal("J"),
  source: z.string(),
  method: z.string(),
  quality: z.enum(["measured", "integrated", "estimated", "partial", "unavailable"]),
  reason: z.string().nullable(),
  uncertainty: UncertaintyJson.nullable(),
  coverage: z.number().min(0).max(1).nullable(),
});
/** A quantity as it stands on disk. */
export type QuantityJson = z.infer<typeof QuantityJson>;

/** The on-disk form of a quantity. */
export function quantityToJson(quantity: Quantity): QuantityJson {
  const { uncertainty } = quantity;
  return {
    name: quantity.name,
    scope: quantity.scope,
    device: quantity.device ?? null,
    value: quantity.value,
    unit: quantity.unit,
    source: quantity.source,
    method: quantity.method,
    quality: quantity.quality,
    reason: quantity.reason ?? null,
    uncertainty: uncertainty
      ? {
          combined: uncertainty.combined,
          coverage_factor: uncertainty.coverageFactor,
          sampling: uncertainty.sampling ?? null,
          sensor: uncertainty.sensor ?? null,
          quantisation: uncertainty.quantisation ?? null,
          edges: uncertainty.edges ?? null,
        }
      : null,
    coverage: quantity.coverage ?? null,
  };
}

/** The quantity that was written as `json`. */
export function quantityFromJson(json: QuantityJson): Quantity {
  const { uncertainty } = json;
  return {
    ...json,
    device: json.device ?? undefined,
    reason: json.reason ?? undefined,
    uncertainty: uncertainty
      ? {
          combined: uncertainty.combined,
          coverageFactor: uncertainty.coverage_factor,
          sampling: uncertainty.sampling ?? undefined,
          sensor: uncertainty.sensor ?? undefined,
          quantisation: uncertainty.quantisation ?? undefined,
          edges: uncertainty.edges ?? undefined,
        }
      : undefined,
    coverage: json.coverage ?? undefined,
  };
}
