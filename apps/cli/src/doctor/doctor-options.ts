import type { InferredOptionTypes, Options } from "yargs";
import { jsonFlag } from "../flag-kinds.ts";

/** Flags of `ea doctor`. */
export const doctorOptions = { json: jsonFlag } as const satisfies Record<string, Options>;

/** The flags of `ea doctor`, as yargs delivers them. */
export type DoctorFlags = InferredOptionTypes<typeof doctorOptions>;
