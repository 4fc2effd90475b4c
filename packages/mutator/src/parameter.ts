import { z } from "zod";
import { parameterIssues } from "./parameter-rules.ts";
import { ParameterShape } from "./parameter-shape.ts";

/** The fields a parameter may have besides comments, for a "did you mean". */
export const parameterFields: readonly string[] = Object.keys(ParameterShape.shape);

/**
 * One hyperparameter: its type, command-line flag, default and distribution. An entry of the original's
 * `supported_hyperparams` is one. Keys `comment`, `description` and those starting with `_` are dropped, any other
 * unknown key is refused. `digits` means nothing beside `step`.
 */
export const Parameter = z.preprocess(
  withoutComments,
  ParameterShape.superRefine((parameter, context) => {
    for (const issue of parameterIssues(parameter)) context.addIssue({ code: "custom", ...issue });
  }).readonly(),
);
/** One hyperparameter: its type, command-line flag, default and distribution. */
export type Parameter = z.infer<typeof Parameter>;

function withoutComments(input: unknown): unknown {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return input;
  return Object.fromEntries(Object.entries(input).filter(([key]) => !/^(?:comment$|description$|_)/.test(key)));
}
