import { z } from "zod";
import { show } from "./show.ts";

const wanted = (text: string) => ({
  error: ({ input }: { readonly input?: unknown }) => `expected ${text}, found ${show(input)}`,
  abort: true, // the rules may then trust every field
});

const aNumber = z.number(wanted("a finite number"));
const aChoice = z.union([z.string(), z.number(), z.boolean()], wanted("a string, finite number or boolean"));
const aDefault = wanted("a number, string, boolean or null");
const aWeight = z.number(wanted("a finite number >= 0")).min(0, wanted("a finite number >= 0"));
const aDigitCount = wanted("an integer from 1 to 15");
const aProbability = wanted("a probability from 0 to 1");

/** The fields of a parameter and the type of each; what they may be together is in the rules. */
export const ParameterShape = z.strictObject({
  type: z.enum(["int", "float", "bool", "categorical"], wanted('one of "int", "float", "bool", "categorical"')),
  flag: z.string(wanted('a flag such as "--lr"')).min(1, wanted('a flag such as "--lr"')).optional(),
  default: z.union([z.number(), z.string(), z.boolean(), z.null()], aDefault).optional(),
  range: z.tuple([aNumber, aNumber], wanted("[lower, upper]")).readonly().optional(),
  distribution: z.enum(["uniform", "log_uniform"], wanted('"uniform" or "log_uniform"')).optional(),
  step: z.number(wanted("a number > 0")).positive(wanted("a number > 0")).optional(),
  digits: z.int(aDigitCount).min(1, aDigitCount).max(15, aDigitCount).optional(),
  zero_probability: z.number(aProbability).min(0, aProbability).max(1, aProbability).optional(),
  choices: z.array(aChoice, wanted("a list of choices")).readonly().optional(),
  weights: z.array(aWeight, wanted("a list of weights")).readonly().optional(),
  role: z.literal("seed", wanted('"seed"')).optional(),
});
/** A parameter whose fields have the right types, and nothing more is known. */
export type ParameterShape = Readonly<z.infer<typeof ParameterShape>>;
