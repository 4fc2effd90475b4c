import { z } from "zod";
import { Parameter } from "./parameter.ts";
import { byName } from "./parameter-shape.ts";
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
  constraints: z.array(z.string(), { error: 'expected a list of comparisons such as "a < b"' }).readonly().default([]),
});

/**
 * Reads a space in either form: a record of parameters, or `{ parameters, constraints }`. Refuses unknown keys,
 * conditions and constraints about parameters that are not there, cycles, and conditions that cannot hold.
 */
export const Space = z.unknown().transform((input, context): FullSpace => {
  const isWhole = isFull(input);
  const { data, error } = Full.safeParse(isWhole ? input : { parameters: input });
  for (const { path, message } of data ? spaceIssues(data) : error.issues) {
    context.addIssue({ code: "custom", path: path.slice(isWhole ? 0 : 1), message });
  }
  return data ?? z.NEVER;
});

/** The one form of a space that is known to be valid. */
export function fullSpace(space: Space): FullSpace {
  return isFull(space) ? { ...space, constraints: space.constraints ?? [] } : { parameters: space, constraints: [] };
}

/** A parameter may itself be called `parameters`: it has a type. */
function isFull(space: Space): space is Exclude<Space, FullSpace["parameters"]>;
function isFull(space: unknown): boolean;
function isFull(space: unknown): boolean {
  if (!isRecord(space) || !("parameters" in space)) return false;
  const { parameters } = space;
  return !(isRecord(parameters) && typeof parameters["type"] === "string");
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
