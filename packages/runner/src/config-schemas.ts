import { z } from "zod";
import { ExperimentFile } from "./experiment-file.ts";
import { ModelsConfig } from "./models-config.ts";

/** Keys that the reader drops wherever they stand. */
const COMMENTS = { "^(_.*|comment|description)$": {} };

/**
 * JSON Schemas (draft-7) of the two configuration files, as they are written: for editors, by their `$schema`. They know
 * types, words and names; what only holds between fields is checked when a file is read.
 */
export function configSchemas(): Readonly<Record<"models" | "experiment", object>> {
  return {
    models: schemaOf(ModelsConfig, "models_config.json"),
    experiment: schemaOf(ExperimentFile, "experiment file"),
  };
}

function schemaOf(schema: z.ZodType, title: string): object {
  const json = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.POSITIVE_INFINITY) delete jsonSchema.maximum; // JSON has none
      if (jsonSchema.additionalProperties !== undefined) jsonSchema.patternProperties = COMMENTS;
    },
  });
  return { title, ...json };
}
