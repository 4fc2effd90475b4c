import { sessionOperand } from "../session/session-options.ts";
import { collectOptions, nodeDoctorOptions, queueOptions, submitOptions } from "../slurm/slurm-options.ts";
import type { CommandGroup } from "./invocation.ts";

/** Commands that have rows executed by a scheduler. */
export const cluster: CommandGroup = (parser, { terminal, end }) =>
  parser.command("slurm", "execute a plan on a cluster with Slurm: submit, status, cancel, collect, doctor", (y) =>
    y
      .command(
        "submit [session]",
        "the rows that nobody has executed, as array jobs",
        (submit) => submit.positional("session", sessionOperand).options(submitOptions),
        async (flags) => {
          const { submitSession } = await import("../commands/slurm.ts");
          end(await submitSession(flags, terminal));
        },
      )
      .command(
        "status [session]",
        "what waits, runs and has ended",
        (status) => status.positional("session", sessionOperand).options(queueOptions),
        async (flags) => {
          const { slurmStatus } = await import("../commands/slurm.ts");
          end(await slurmStatus(flags, terminal));
        },
      )
      .command(
        "cancel [session]",
        "end everything of a session that waits or runs",
        (cancel) => cancel.positional("session", sessionOperand).options(queueOptions),
        async (flags) => {
          const { cancelSession } = await import("../commands/slurm.ts");
          end(await cancelSession(flags, terminal));
        },
      )
      .command(
        "collect [session]",
        "summary and report, from the records",
        (collect) => collect.positional("session", sessionOperand).options(collectOptions),
        async (flags) => {
          const { collectSession } = await import("../commands/slurm.ts");
          end(await collectSession(flags, terminal));
        },
      )
      .command(
        "doctor [session]",
        "what a compute node is fit for, by a tiny job",
        (doctor) => doctor.positional("session", sessionOperand).options(nodeDoctorOptions),
        async (flags) => {
          const { examineNode } = await import("../commands/slurm.ts");
          end(await examineNode(flags, terminal));
        },
      )
      .demandCommand(1, 1, "expected slurm submit, status, cancel, collect or doctor"),
  );
