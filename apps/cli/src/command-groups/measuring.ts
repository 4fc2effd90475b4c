import { doctorOptions } from "../doctor/doctor-options.ts";
import { measureCommands, measureOptions } from "../measure/measure-options.ts";
import type { CommandGroup } from "./invocation.ts";

const MEASURE_EXAMPLES: [command: string, meaning: string][] = [
  ["$0 measure -- python train.py --epochs 3", "one run, with its output"],
  ["$0 measure --runs 10 --warmup 1 -- ./simulate", "ten runs: mean and 95 % interval"],
  ["$0 measure --runs 10 'gzip -k9 data' 'zstd -k19 data'", "which of two command lines needs less"],
];

/** Commands that measure without a configuration. */
export const measuring: CommandGroup = (parser, { terminal, rest, end }) =>
  parser
    .command(
      "measure [commands..]",
      "energy, power and duration of any command; exits with the command's code",
      (y) => y.positional("commands", measureCommands).options(measureOptions).example(MEASURE_EXAMPLES),
      async (flags) => {
        const { measure } = await import("../commands/measure.ts");
        end(await measure(flags, rest, terminal));
      },
    )
    .command(
      "doctor",
      "what can be measured here, what not, why, and what helps",
      (y) => y.options(doctorOptions),
      async (flags) => {
        const { doctor } = await import("../commands/doctor.ts");
        end(await doctor(flags, terminal));
      },
    );
