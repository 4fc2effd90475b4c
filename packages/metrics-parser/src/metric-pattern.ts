import { z } from "zod";

const isComment = (key: string): boolean => key === "comment" || key === "description" || key.startsWith("_");

function withoutComments(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !isComment(key)));
}

/**
 * Which of a metric's matches counts; `all` keeps them as a series, `each` only the last one of each epoch or step, and
 * the last one of all is the value.
 */
export const MetricAggregation = z.enum(["last", "first", "min", "max", "all", "each"]);
/** Which of a metric's matches counts. */
export type MetricAggregation = z.infer<typeof MetricAggregation>;

const RichPattern = z
  .strictObject({
    pattern: z.string().min(1),
    aggregation: MetricAggregation.optional(),
    /** `ratio`: first group divided by the second; `percent`: a hundredth of the first. */
    as: z.enum(["ratio", "percent"]).optional(),
    unit: z.string().min(1).optional(),
    range: z
      .tuple([z.number(), z.number()])
      .readonly()
      .refine(([low, high]) => low <= high, { error: "expected [low, high] with low <= high" })
      .optional(),
    /** `any`: one of the metrics marked so, or given as a plain string, has to be found. */
    required: z.union([z.boolean(), z.literal("any")]).optional(),
    /** Pattern of the epoch or step that a point of the series belongs to. */
    x: z.string().min(1).optional(),
  })
  .refine(({ x, aggregation }) => x === undefined || aggregation === "all" || aggregation === "each", {
    path: ["x"],
    error: 'expected "aggregation": "all" or "each" beside it, as only a series has an x, found another one or none',
  })
  .refine(({ x, aggregation }) => x !== undefined || aggregation !== "each", {
    path: ["x"],
    error: 'expected the pattern of an epoch or step, as "aggregation": "each" keeps one match of each, found none',
  });

/**
 * How one metric is found in a log: a Python regular expression, or an object that adds which match counts and what it
 * means. The keys `comment`, `description` and `_…` are dropped.
 */
export const MetricPattern = z.union([z.string().min(1), z.preprocess(withoutComments, RichPattern)]);
/** A Python regular expression, or an object with one. */
export type MetricPattern = z.infer<typeof MetricPattern>;

/** The keys of a metric that is given as an object. */
export const metricPatternKeys: readonly string[] = Object.keys(RichPattern.shape);

/** Metric names and their patterns. */
export const MetricPatterns = z.record(z.string(), MetricPattern);
/** Metric names and their patterns. */
export type MetricPatterns = z.infer<typeof MetricPatterns>;
