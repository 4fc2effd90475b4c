import { z } from "zod";
import { show } from "./show.ts";

const wanted = (text: string) => ({
  error: ({ input }: { readonly input?: unknown }) => `expected ${text}, found ${show(input)}`,
  abort: true, // the rules may then trust every field
});

const aNumber = z.number(wanted("a finite number"));
const aChoice = z.union([z.string(), z.number(), z.boolean()], wanted("a string, finite number or boolean"));
const aParentValue = z.union([z.string(), z.number(), z.boolean()], wanted("a value or a list of values"));
const aDefault = wanted("a number, string, boolean or null");
const aWeight = z.number(wanted("a finite number >= 0")).min(0, wanted("a finite number >= 0"));
const aDigitCount = wanted("an integer from 1 to 15");
const aLevelCount = wanted("an integer >= 1");
const aCondition = wanted('an object such as { "optimizer": ["sgd"] }');
const aProbability = wanted("a probability from 0 to 1");

/** The fields of a parameter and the type of each; what they may be together is in the rules. */
export const ParameterShape = z.strictObject({
  type: z
    .enum(["int", "float", "bool", "categorical"], wanted('one of "int", "float", "bool", "categorical"'))
    .describe("Type of the values"),
  flag: z
    .string(wanted('a flag such as "--lr"'))
    .min(1, wanted('a flag such as "--lr"'))
    .optional()
    .describe("Command-line flag that takes the value"),
  default: z
    .union([z.number(), z.string(), z.boolean(), z.null()], aDefault)
    .optional()
    .describe("Value of the baseline, also outside the range; null is not passed"),
  range: z
    .tuple([aNumber, aNumber], wanted("[lower, upper]"))
    .readonly()
    .optional()
    .describe("Lower and upper bound, both included, of an int or float"),
  distribution: z
    .enum(["uniform", "log_uniform"], wanted('"uniform" or "log_uniform"'))
    .optional()
    .describe("uniform unless said otherwise; log_uniform needs a lower bound above 0"),
  step: z
    .number(wanted("a number > 0"))
    .positive(wanted("a number > 0"))
    .optional()
    .describe("Only lower, lower + step, lower + 2 step, …"),
  digits: z
    .int(aDigitCount)
    .min(1, aDigitCount)
    .max(15, aDigitCount)
    .optional()
    .describe("Significant digits of a drawn float, 6 unless said otherwise"),
  zero_probability: z
    .number(aProbability)
    .min(0, aProbability)
    .max(1, aProbability)
    .optional()
    .describe("Probability of the value 0; the rest is the range's"),
  choices: z.array(aChoice, wanted("a list of choices")).readonly().optional().describe("Values of a categorical"),
  weights: z
    .array(aWeight, wanted("a list of weights"))
    .readonly()
    .optional()
    .describe("Relative weight of each choice; 0 removes it"),
  value: z
    .union([z.string(), z.number(), z.boolean()], wanted("a number, string or boolean"))
    .optional()
    .describe("Fixed: always this value, whatever the range or the choices"),
  when: z
    .record(
      z.string(),
      z.union([aParentValue, z.array(aParentValue).readonly()], wanted("a value or a list of values")),
      aCondition,
    )
    .readonly()
    .optional()
    .describe("Takes part only when each of these parameters has one of the listed values"),
  levels: z
    .int(aLevelCount)
    .min(1, aLevelCount)
    .optional()
    .describe("Number of values in a grid; floats without step have 5 unless said otherwise"),
  role: z
    .literal("seed", wanted('"seed"'))
    .optional()
    .describe("A training seed: told apart by repetition, never drawn, never part of a key"),
});
/** A parameter whose fields have the right types, and nothing more is known. */
export type ParameterShape = Readonly<z.infer<typeof ParameterShape>>;
