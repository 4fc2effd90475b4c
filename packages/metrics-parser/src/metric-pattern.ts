import { z } from "zod";

const isComment = (key: string): boolean => key === "comment" || key === "description" || key.startsWith("_");

function withoutComments(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isComment(key)));
}

const RichPattern = z.strictObject({
  pattern: z.string().min(1),
  required: z.boolean().optional(),
  range: z
    .tuple([z.number(), z.number()])
    .readonly()
    .refine(([low, high]) => low <= high, { error: "expected [low, high] with low <= high" })
    .optional(),
});

/**
 * How one metric is found in a log: a Python regular expression, or an object that adds whether it is `required`
 * (default true in this form) and its inclusive `range`. The keys `comment`, `description` and `_…` are dropped.
 */
export const MetricPattern = z.union([z.string().min(1), z.preprocess(withoutComments, RichPattern)]);
/** A Python regular expression, or an object with one. */
export type MetricPattern = z.infer<typeof MetricPattern>;

/** Metric names and their patterns. */
export const MetricPatterns = z.record(z.string(), MetricPattern);
/** Metric names and their patterns. */
export type MetricPatterns = z.infer<typeof MetricPatterns>;
