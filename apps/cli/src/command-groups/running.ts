import { resumeOptions, runOptions } from "../run-options.ts";
import { sessionOperand, statusOptions, stopOptions } from "../session/session-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands that train. */
export const running: CommandGroup = (parser, { terminal, variables, end }) =>
  parser
    .command(
      "run",
      "plan, then run",
      (y) => y.options(runOptions),
      async (flags) => {
        const { run } = await import("../commands/run.ts");
        end(await run(flags, variables, terminal));
      },
    )
    .command(
      "resume <session>",
      "continue a session that was interrupted, or make it longer",
      (y) => y.positional("session", { type: "string", demandOption: true }).options(resumeOptions),
      async (flags) => {
        const { resume } = await import("../commands/resume.ts");
        end(await resume(flags.session, flags, terminal));
      },
    )
    .command(
      "status [session]",
      "how a session stands, from any shell",
      (y) => y.positional("session", sessionOperand).options(statusOptions),
      async (flags) => {
        const { status } = await import("../commands/status.ts");
        end(await status(flags, terminal));
      },
    )
    .command(
      "stop [session]",
      "let the running training end, and start no other",
      (y) => y.positional("session", sessionOperand).options(stopOptions),
      async (flags) => {
        const { stop } = await import("../commands/stop.ts");
        end(await stop(flags, terminal));
      },
    );
