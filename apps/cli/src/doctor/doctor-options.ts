import type { InferredOptionTypes, Options } from "yargs";
import { text } from "../flag-kinds.ts";
import { configOptions } from "../run-options.ts";

/** Flags of `ea doctor`; all but `--json` are of `--probe`. */
export const doctorOptions = {
  ...configOptions,
  probe: {
    type: "string",
    array: true,
    nargs: 2,
    describe: "repository and model: train each hyperparameter at two values, and name those that change nothing",
  },
  timeout: text("with --probe: seconds after which a training is ended (600)"),
} as const satisfies Record<string, Options>;

/** The flags of `ea doctor`, as yargs delivers them. */
export type DoctorFlags = InferredOptionTypes<typeof doctorOptions>;
