import { z } from "zod";
import { Parameter } from "./parameter.ts";
import { byName, wanted } from "./parameter-shape.ts";
import { spaceIssues } from "./space-rules.ts";

/** The parameters of one program, by name, and the constraints between them. */
export interface FullSpace {
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Comparisons such as `"warmup_epochs < epochs"`; every configuration satisfies all of them. */
  readonly constraints: readonly string[];
}

/** A space as people write it: the parameters alone, as the original's `supported_hyperparams`, or with constraints. */
export type Space =
  | FullSpace["parameters"]
  | (Pick<FullSpace, "parameters"> & { readonly constraints?: FullSpace["constraints"] | undefined });

const Full = z.strictObject({
  $schema: z.string().optional(),
  parameters: byName(Parameter, "an object of parameters by name"),
  constraints: z.array(z.string(), wanted("a list of constraints")).readonly().default([]),
});

/**
 * Reads a space in either form: a record of parameters, or `{ parameters, constraints }`. Refuses unknown keys,
 * conditions and constraints about parameters that are not there, cycles, and conditions that cannot hold.
 */
export const Space = z.unknown().transform((input, context): FullSpace => {
  const full = isFull(input);
  const { data, error } = Full.safeParse(full ? input : { parameters: input });
  for (const { path, message } of data ? spaceIssues(data) : error.issues) {
    context.addIssue({ code: "custom", path: path.slice(full ? 0 : 1), message });
  }
  return data ?? z.NEVER;
});

/** The parameters of a space that is known to be valid. */
export function parametersOf(space: Space): FullSpace["parameters"] {
  return isFull(space) ? space.parameters : space;
}

/** A parameter may itself be called `parameters`: it has a type. */
function isFull(space: Space): space is Exclude<Space, FullSpace["parameters"]>;
function isFull(space: unknown): boolean;
function isFull(space: unknown): boolean {
  return "parameters" in Object(space) && typeof Object(space).parameters?.type !== "string";
}
