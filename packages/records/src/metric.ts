import { z } from "zod";

const number = z.number().nullable();

/** All matches of a metric with the aggregation `all`; of many, every `every`-th and the last. */
const SeriesJson = z.object({
  count: z.int().nonnegative(),
  every: z.int().positive(),
  points: z.array(z.object({ x: number, value: number, time: z.string().nullable(), line: z.int().positive() })),
});

/** What a metric's pattern found in the log of an attempt. */
export const MetricJson = z.looseObject({
  /** `found`, or why there is no value. */
  outcome: z.string(),
  value: number,
  unit: z.string().nullable(),
  aggregation: z.string(),
  /** `count` or `percent` when the log says that the number is one. */
  printed: z.string().nullable(),
  text: z.string().nullable(),
  line: z.int().positive().nullable(),
  not_finite: z.int().nonnegative().nullable(),
  series: SeriesJson.nullable(),
});
/** What a metric's pattern found in the log of an attempt. */
export type MetricJson = z.infer<typeof MetricJson>;
