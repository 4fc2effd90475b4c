import { shellOperand } from "../completion/shells.ts";
import { actionOperand, schemaOperand, schemaOptions } from "../config/config-options.ts";
import { EXIT } from "../exit-codes.ts";
import { helpTopic } from "../help/help-topic.ts";
import { initOptions, scriptOperand } from "../init/init-options.ts";
import { configOptions, runOptions } from "../run-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands about the configuration. */
export const configuring: CommandGroup = (parser, { terminal, variables, end }) =>
  parser
    .command(
      "init [script]",
      "propose a configuration for a training script: its flags, ranges for them, patterns of its metrics",
      (y) => y.positional("script", scriptOperand).options(initOptions),
      async (flags) => {
        const { init } = await import("../commands/init.ts");
        end(await init(flags, terminal));
      },
    )
    .command(
      "list",
      "repositories, models, hyperparameters, space sizes",
      (y) => y.options(configOptions),
      async (flags) => {
        const { list } = await import("../commands/list.ts");
        end(await list(flags, terminal));
      },
    )
    .command(
      "config <action>",
      "config show: every setting of a run and where its value comes from",
      (y) => y.positional("action", actionOperand).options(runOptions),
      async (flags) => {
        const { showConfig } = await import("../commands/config.ts");
        end(await showConfig(flags, variables, terminal));
      },
    )
    .command(
      "schema [name]",
      "JSON Schema of a configuration file or of a file of a session",
      (y) => y.positional("name", schemaOperand).options(schemaOptions),
      async (flags) => {
        const { schema } = await import("../commands/schema.ts");
        end(await schema(flags, terminal));
      },
    )
    .command(
      "completion <shell>",
      "a script that completes commands, flags and names of sessions and runs",
      (y) => y.positional("shell", shellOperand),
      async ({ shell }) => {
        const { completionScript } = await import("../completion/completion-script.ts");
        terminal.out(completionScript(shell));
        end(EXIT.ok);
      },
    )
    .command(
      "help <topic>",
      "help of a command; help exit-codes: what the exit codes say",
      (y) => y.positional("topic", helpTopic),
      async () => {
        const { exitCodesText } = await import("../help/exit-codes-text.ts");
        terminal.out(exitCodesText());
        end(EXIT.ok);
      },
    );
