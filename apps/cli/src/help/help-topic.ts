import type { PositionalOptions } from "yargs";

/** What `ea help` tells about, besides the commands. */
export const helpTopic = {
  choices: ["exit-codes"],
  demandOption: true,
  describe: "exit-codes, or a command",
} as const satisfies PositionalOptions;
