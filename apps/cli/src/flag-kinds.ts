/** A flag with a value, kept as text and read strictly later. */
export const text = (
  describe: string,
  alias?: string | readonly string[],
): { type: "string"; requiresArg: true; describe: string } => ({
  type: "string",
  requiresArg: true,
  describe,
  ...(alias !== undefined && { alias }),
});

/** A flag whose value is one of a few words. */
export const choice = <const Choices extends readonly string[]>(
  describe: string,
  choices: Choices,
  alias?: string,
): { requiresArg: true; describe: string; choices: Choices } => ({
  requiresArg: true,
  describe,
  choices,
  ...(alias !== undefined && { alias }),
});

/** A flag without a value. */
export const yes = (describe: string, alias?: string): { type: "boolean"; describe: string } => ({
  type: "boolean",
  describe,
  ...(alias !== undefined && { alias }),
});

/** `--json`, the same for every command that has it. */
export const jsonFlag = yes("one JSON document on stdout and nothing else");
