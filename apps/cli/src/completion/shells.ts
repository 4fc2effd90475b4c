import type { PositionalOptions } from "yargs";

/** Shells that can complete the words of `ea`. */
export const SHELLS = ["bash", "zsh", "fish"] as const;

/** What `ea completion` takes. */
export const shellOperand = { choices: SHELLS, demandOption: true } as const satisfies PositionalOptions;
