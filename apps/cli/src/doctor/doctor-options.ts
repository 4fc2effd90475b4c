import type { InferredOptionTypes, Options } from "yargs";
import { text, yes } from "../flag-kinds.ts";
import { configOptions } from "../run-options.ts";

/** Flags of `ea doctor`; `--config`, `--project` and `--timeout` are of `--probe`. */
export const doctorOptions = {
  ...configOptions,
  "end-orphans": yes("end the processes that sessions which are gone have left running"),
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
