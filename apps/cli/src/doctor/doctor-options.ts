import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag, yes } from "../flag-kinds.ts";

/** Flags of `ea doctor`. */
export const doctorOptions = {
  "end-orphans": yes("end the processes that sessions which are gone have left running"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea doctor`, as yargs delivers them. */
export type DoctorFlags = InferredOptionTypes<typeof doctorOptions>;
