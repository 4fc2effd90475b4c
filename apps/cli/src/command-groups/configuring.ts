import { configOptions } from "../run-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands about the configuration. */
export const configuring: CommandGroup = (parser, { terminal, end }) =>
  parser.command(
    "list",
    "repositories, models, hyperparameters, space sizes",
    (y) => y.options(configOptions),
    async (flags) => {
      const { list } = await import("../commands/list.ts");
      end(await list(flags, terminal));
    },
  );
