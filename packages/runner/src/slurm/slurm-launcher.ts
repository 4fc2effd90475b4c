import type { Launcher } from "../launcher.ts";
import { type SubmitContext, type SubmitResult, submit } from "./submit.ts";

/** Hands rows to Slurm, which executes them on its nodes by `ea run --plan --index`. */
export function slurmLauncher(context: SubmitContext): Launcher<SubmitResult> {
  return {
    name: "slurm",
    launch: ({ directory, rows }) =>
      submit(directory, context, rows && Array.from({ length: rows.count }, (_, each) => rows.first + each)),
  };
}
