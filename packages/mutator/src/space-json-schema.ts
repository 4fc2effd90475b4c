import { z } from "zod";
import { ParameterShape } from "./parameter-shape.ts";

/**
 * The JSON Schema (draft 2020-12) of a space in both forms, for editors: `$ref` it, or its `$defs.parameter`, from the
 * schema of a configuration file. It knows the fields and their types; what they may be together only `Space` knows.
 */
export function spaceJsonSchema(): Record<string, unknown> {
  const { $schema, ...shape } = z.toJSONSchema(ParameterShape, { io: "input" });
  const parameter = { ...shape, patternProperties: { "^(comment|description|_.*)$": {} } };
  const parameters = { type: "object", additionalProperties: { $ref: "#/$defs/parameter" } };
  const constraints = {
    type: "array",
    items: { type: "string" },
    description: 'Comparisons between parameters, such as "warmup_epochs < epochs"',
  };
  const full = {
    type: "object",
    properties: { parameters, constraints },
    required: ["parameters"],
    additionalProperties: false,
  };
  return { $schema, title: "Search space", anyOf: [parameters, full], $defs: { parameter } };
}
