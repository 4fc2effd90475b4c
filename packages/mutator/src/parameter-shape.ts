import { z } from "zod";
import { complaint, show } from "./show.ts";

/** Says what a field has to be. */
export const wanted = (expected: string) => ({
  error: ({ input }: { readonly input?: unknown }) => complaint(expected, input),
  abort: true, // the rules may then trust every field
});

/** A number of which one text says what is wrong with it, whatever that is. */
function between(
  number: (params: ReturnType<typeof wanted>) => z.ZodNumber,
  lowest: number,
  highest: number,
  expected: string,
): z.ZodNumber {
  const params = wanted(expected);
  return number(params).min(lowest, params).max(highest, params);
}

/** A record without the key `__proto__`, which would vanish: objects keep their prototype there. */
export function byName<T extends z.ZodType>(value: T, expected: string) {
  return z
    .unknown()
    .refine((input) => !Object.hasOwn(Object(input), "__proto__"), {
      path: ["__proto__"],
      error: 'expected no "__proto__"',
    })
    .pipe(z.record(z.string(), value, wanted(expected)).readonly());
}

const TYPES = ["int", "float", "bool", "categorical"] as const;
const scalars = [z.string(), z.number(), z.boolean()] as const;
const aValue = z.union(scalars, wanted("a string, finite number or boolean"));
const aBound = z.number(wanted("a finite number"));
const aWeight = between(z.number, 0, Infinity, "a number >= 0");
const someValues = z.union([aValue, z.array(aValue).readonly()], wanted("a value or a list of values"));
const aFlag = wanted('a flag such as "--lr"');

const optional = z.object({
  flag: z.string(aFlag).min(1, aFlag),
  default: z.union([...scalars, z.null()], wanted("a string, finite number, boolean or null")),
  range: z.tuple([aBound, aBound], wanted("[lower, upper]")).readonly(),
  distribution: z.enum(["uniform", "log_uniform"], wanted('"uniform" or "log_uniform"')),
  step: between(z.number, Number.MIN_VALUE, Infinity, "a number > 0"),
  digits: between(z.int, 1, 15, "an integer from 1 to 15"),
  zero_probability: between(z.number, 0, 1, "a number from 0 to 1"),
  choices: z.array(aValue, wanted("a list of choices")).readonly(),
  weights: z.array(aWeight, wanted("a list of weights")).readonly(),
  value: aValue,
  when: byName(someValues, "an object of values by name"),
  levels: between(z.int, 1, 10_000, "an integer from 1 to 10000"),
  role: z.literal("seed", wanted('"seed"')),
});

/**
 * The fields of a parameter and the type of each; what they may be together is in the rules, what they mean in
 * `space.schema.json`.
 */
export const ParameterShape = z.strictObject({
  type: z.enum(TYPES, wanted(`one of ${TYPES.map(show).join(", ")}`)),
  ...optional.partial().shape,
});
/** A parameter whose fields have the right types, and nothing more is known. */
export type ParameterShape = Readonly<z.infer<typeof ParameterShape>>;
