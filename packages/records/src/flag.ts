import { z } from "zod";

/** Something about a run that a reader of its numbers should know. */
export const Flag = z.looseObject({
  /** Stable name, such as `metric-missing`. */
  code: z.string(),
  severity: z.enum(["info", "warning", "error"]),
  /** A sentence a researcher understands. */
  message: z.string(),
  /** The numbers and texts behind it. */
  evidence: z.record(z.string(), z.unknown()),
});
/** Something about a run that a reader of its numbers should know; the same in memory and on disk. */
export type Flag = Readonly<z.infer<typeof Flag>>;
