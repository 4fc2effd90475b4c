import { floorInUnits, toDecimal } from "./decimal.ts";
import { DEFAULT_DIGITS, rangeLattice } from "./lattice-of.ts";
import type { ParameterShape } from "./parameter-shape.ts";
import { show } from "./show.ts";

/** What is wrong with a parameter, and where in it. */
export interface ParameterIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything that is wrong with how the fields of a parameter go together; nothing when it is valid. */
export function parameterIssues(parameter: ParameterShape): readonly ParameterIssue[] {
  const issues = [
    ...misplacedFields(parameter),
    ...fitIssues(parameter, "default"),
    ...fitIssues(parameter, "value"),
    ...(parameter.type === "categorical" ? choiceIssues(parameter) : []),
    ...(isNumeric(parameter) ? rangeIssues(parameter) : []),
  ];
  return issues.length === 0 && isNumeric(parameter) ? sizeIssues(parameter) : issues;
}

const OWNERS = {
  range: ["int", "float"],
  distribution: ["int", "float"],
  step: ["int", "float"],
  zero_probability: ["int", "float"],
  digits: ["float"],
  choices: ["categorical"],
  weights: ["categorical"],
  levels: ["int", "float"],
  role: ["int"],
} as const satisfies { readonly [Field in keyof ParameterShape]?: readonly ParameterShape["type"][] };

const MOST_STEPS_TO_ZERO = 2 ** 51; // beyond it neighbouring multiples are the same double
const SMALLEST = 1e-290;
const LARGEST = 1e290;

function isNumeric({ type }: ParameterShape): boolean {
  return type === "int" || type === "float";
}

function issue(path: readonly (string | number)[], expected: string, found: unknown): ParameterIssue {
  return { path, message: `expected ${expected}, found ${show(found)}` };
}

function misplacedFields(parameter: ParameterShape): ParameterIssue[] {
  const { type } = parameter;
  const isMisplaced = (field: keyof typeof OWNERS): boolean =>
    parameter[field] !== undefined && !OWNERS[field].some((owner) => owner === type);
  const fields = Object.keys(OWNERS).filter((field): field is keyof typeof OWNERS => Object.hasOwn(OWNERS, field));
  return fields.filter(isMisplaced).map((field) => issue([field], `no ${field} for type ${type}`, parameter[field]));
}

const FITS = {
  int: { isFit: Number.isSafeInteger, expected: "an integer" },
  float: { isFit: Number.isFinite, expected: "a number" },
  bool: { isFit: (value: unknown) => typeof value === "boolean", expected: "true, false" },
  categorical: { isFit: () => true, expected: "a string, number or boolean" },
} as const;

function fitIssues(parameter: ParameterShape, field: "default" | "value"): ParameterIssue[] {
  const { isFit, expected } = FITS[parameter.type];
  const value = parameter[field] ?? null;
  if (value === null || isFit(value)) return [];
  const orNull = field === "default" ? " or null" : "";
  return [issue([field], `${expected}${orNull} for type ${parameter.type}`, value)];
}

function choiceIssues({ choices = [], weights, value }: ParameterShape): ParameterIssue[] {
  const texts = choices.map(String);
  const seen = new Set<string>();
  const issues = texts.flatMap((text, index) => {
    const isRepeated = seen.has(text);
    seen.add(text);
    return isRepeated ? [issue(["choices", index], "choices with distinct texts", `${text} twice`)] : [];
  });
  if (choices.length === 0 && value === undefined)
    issues.push(issue(["choices"], "at least 1 choice for type categorical", choices));
  if (weights === undefined) return issues;
  if (weights.length !== choices.length) {
    issues.push(issue(["weights"], `${choices.length} weights, one per choice`, weights));
  } else if (weights.every((weight) => weight === 0)) {
    issues.push(issue(["weights"], "at least 1 weight > 0", weights));
  }
  return issues;
}

function rangeIssues(parameter: ParameterShape): ParameterIssue[] {
  const { type, range, role, distribution } = parameter;
  if (range === undefined) {
    if (role === "seed" || parameter.value !== undefined) return [];
    return [issue(["range"], `[lower, upper] for type ${type} (only role "seed" may go without)`, range)];
  }
  const isWrong = (bound: number): boolean =>
    type === "int" ? !Number.isSafeInteger(bound) : bound !== 0 && !isOrdinary(Math.abs(bound));
  const kind = type === "int" ? "a safe integer for type int" : "0 or a magnitude from 1e-290 to 1e290";
  const issues = range.flatMap((bound, index) => (isWrong(bound) ? [issue(["range", index], kind, bound)] : []));
  const [lo, hi] = range;
  if (lo > hi) issues.push(issue(["range"], "lower <= upper", range));
  if (distribution === "log_uniform" && lo <= 0) {
    issues.push(issue(["range", 0], "a lower bound > 0 for distribution log_uniform", lo));
  }
  return issues.length > 0 ? issues : stepIssues(parameter, lo, hi);
}

function isOrdinary(magnitude: number): boolean {
  return magnitude >= SMALLEST && magnitude <= LARGEST;
}

function stepIssues({ type, step, distribution }: ParameterShape, lo: number, hi: number): ParameterIssue[] {
  if (step === undefined) return [];
  if (type === "int" && !Number.isSafeInteger(step)) return [issue(["step"], "an integer step for type int", step)];
  const exponent = Math.min(...[lo, hi, step].map((value) => toDecimal(value).exponent));
  // in decimals: 0.3 - 0.1 is less than 0.2 in doubles
  const isTooWide = floorInUnits(step, exponent) > floorInUnits(hi, exponent) - floorInUnits(lo, exponent);
  if (isTooWide) return [issue(["step"], `a step of at most upper - lower of [${lo}, ${hi}]`, step)];
  if (Math.max(Math.abs(lo), Math.abs(hi)) / step > MOST_STEPS_TO_ZERO) {
    return [issue(["step"], `a step that doubles near [${lo}, ${hi}] can tell apart`, step)];
  }
  if (distribution === "log_uniform" && step >= 2 * lo) {
    return [issue(["step"], `a step below twice the lower bound ${lo} for distribution log_uniform`, step)];
  }
  return [];
}

function sizeIssues(parameter: ParameterShape): ParameterIssue[] {
  const { size } = rangeLattice(parameter);
  const digits = parameter.digits ?? DEFAULT_DIGITS;
  if (size < 1)
    return [issue(["range"], `a number of ${digits} significant digits inside (raise digits)`, parameter.range)];
  if (size < Number.MAX_SAFE_INTEGER) return [];
  return [issue(["range"], "fewer than 2^53 - 1 values (narrow the range or lower digits)", parameter.range)];
}
