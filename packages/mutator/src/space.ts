import { z } from "zod";
import { Parameter } from "./parameter.ts";
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

const Parameters = z
  .preprocess(refuseProto, z.record(z.string(), Parameter, { error: "expected an object of parameters by name" }))
  .readonly();
const Constraints = z.array(z.string(), { error: 'expected a list of comparisons such as "a < b"' }).readonly();
const Full = z.strictObject({ parameters: Parameters, constraints: Constraints.optional() });

/**
 * Reads a space in either form: a record of parameters, or `{ parameters, constraints }`. Refuses unknown keys,
 * conditions and constraints about parameters that are not there, cycles, and conditions that cannot hold.
 */
export const Space = z.unknown().transform((input, context): FullSpace => {
  const result = isFull(input) ? Full.safeParse(input) : Parameters.safeParse(input);
  if (!result.success) {
    for (const { path, message } of result.error.issues) context.addIssue({ code: "custom", path, message });
    return z.NEVER;
  }
  const space = fullSpace(result.data);
  for (const { path, message } of spaceIssues(space)) {
    const isBelow = !isFull(input) && path[0] === "parameters";
    context.addIssue({ code: "custom", path: isBelow ? path.slice(1) : [...path], message });
  }
  return space;
});

/** The one form of a space that is known to be valid. */
export function fullSpace(space: Space): FullSpace {
  return isFull(space) ? { ...space, constraints: space.constraints ?? [] } : { parameters: space, constraints: [] };
}

/** A parameter may itself be called `parameters`: it has a type. */
function isFull(space: Space): space is Exclude<Space, FullSpace["parameters"]>;
function isFull(space: unknown): boolean;
function isFull(space: unknown): boolean {
  if (typeof space !== "object" || space === null || !("parameters" in space)) return false;
  const { parameters } = space;
  return !(
    typeof parameters === "object" &&
    parameters !== null &&
    "type" in parameters &&
    typeof parameters.type === "string"
  );
}

/** Such a key would vanish: objects keep their prototype there. */
function refuseProto(input: unknown, context: z.RefinementCtx): unknown {
  if (typeof input === "object" && input !== null && Object.hasOwn(input, "__proto__")) {
    context.addIssue({ code: "custom", path: ["__proto__"], message: 'expected another name than "__proto__"' });
  }
  return input;
}
