import type { InferredOptionTypes, Options, PositionalOptions } from "yargs";
import { text } from "../flag-kinds.ts";

/** What comes after `ea config`. */
export const actionOperand = { choices: ["show"], demandOption: true } as const satisfies PositionalOptions;

const SCHEMAS = ["models", "experiment", "record", "attempt", "plan", "row", "claim", "status"] as const;

/** What has a schema: the two configuration files, and the files of a session. */
export const schemaOperand = {
  choices: SCHEMAS,
  describe: "whose schema is printed; without it their names are",
} as const satisfies PositionalOptions;

/** The name of a schema. */
export type SchemaName = (typeof SCHEMAS)[number];

/** Flags of `ea schema`. */
export const schemaOptions = {
  write: text("directory to write NAME.schema.json to: this one, or all without a name"),
} as const satisfies Record<string, Options>;

/** The flags of `ea schema`, as yargs delivers them. */
export type SchemaFlags = InferredOptionTypes<typeof schemaOptions> & { readonly name?: SchemaName | undefined };
