import { doctorOptions } from "../doctor/doctor-options.ts";
import { measureCommands, measureOptions } from "../measure/measure-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands that measure without a configuration. */
export const measuring: CommandGroup = (parser, { terminal, rest, end }) =>
  parser
    .command(
      "measure [commands..]",
      "energy, power and duration of any command; exits with the command's code",
      (y) => y.positional("commands", measureCommands).options(measureOptions),
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
