import { READERS } from "./canonical.ts";
import { DEFAULT_DIGITS, rangeLattice } from "./lattice-of.ts";
import type { ParameterShape } from "./parameter-shape.ts";
import { complaint } from "./show.ts";

/** What is wrong with a parameter or a space, and where in it. */
export type Issue = {
  readonly path: (string | number)[];
  readonly message: string;
};

/** An issue about what was found at a path. */
export function issue(path: Issue["path"], expected: string, found: unknown): Issue {
  return { path, message: complaint(expected, found) };
}

const NUMERIC = ["int", "float"];

/** The types that a field belongs to; the fields that are not here belong to all. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  range: NUMERIC,
  distribution: NUMERIC,
  step: NUMERIC,
  zero_probability: NUMERIC,
  levels: NUMERIC,
  digits: ["float"],
  choices: ["categorical"],
  weights: ["categorical"],
  role: ["int"],
};

const MOST_STEPS_TO_ZERO = 2 ** 51; // beyond it neighbouring multiples are the same double

/** Everything that is wrong with how the fields of a parameter go together; nothing when it is valid. */
export function* parameterIssues(parameter: ParameterShape): Generator<Issue, void> {
  const { type } = parameter;
  const { read, expected } = READERS[type];
  for (const [field, found] of Object.entries(parameter)) {
    if (found === undefined || found === null) continue;
    if (OWNERS[field]?.includes(type) === false) yield issue([field], `no ${field} for type ${type}`, found);
    if (type === "categorical" || read(found, parameter) === found) continue;
    if (field === "value") yield issue([field], `${expected} for type ${type}`, found);
    if (field === "default") yield issue([field], `${expected} or null for type ${type}`, found);
  }
  if (type === "categorical") yield* choiceIssues(parameter);
  if (NUMERIC.includes(type)) yield* rangeIssues(parameter);
}

function* choiceIssues({ choices = [], weights, value }: ParameterShape): Generator<Issue, void> {
  const seen = new Set<string>();
  for (const [index, text] of choices.map(String).entries()) {
    if (seen.has(text)) yield issue(["choices", index], "distinct choices", text);
    seen.add(text);
  }
  if (choices.length === 0 && value === undefined) yield issue(["choices"], "a choice", choices);
  if (weights && weights.length !== choices.length) {
    yield issue(["weights"], `${choices.length} weights`, weights);
  } else if (weights?.every((weight) => weight === 0)) {
    yield issue(["weights"], "a weight > 0", weights);
  }
}

function* rangeIssues(parameter: ParameterShape): Generator<Issue, void> {
  const { type, range, role, value } = parameter;
  if (range) {
    const issues = [...boundIssues(parameter, range)];
    yield* issues.length > 0 ? issues : sizeIssues(parameter, range);
  } else if (role !== "seed" && value === undefined) {
    yield issue(["range"], `[lower, upper] for type ${type}`, range);
  }
}

type Range = readonly [lo: number, hi: number];

function* boundIssues({ type, distribution }: ParameterShape, range: Range): Generator<Issue, void> {
  for (const [index, bound] of range.entries()) {
    const magnitude = Math.abs(bound);
    if (type === "int") {
      if (!Number.isSafeInteger(bound)) yield issue(["range", index], "a safe integer for type int", bound);
    } else if (bound !== 0 && !(magnitude >= 1e-290 && magnitude <= 1e290)) {
      yield issue(["range", index], "0 or a magnitude from 1e-290 to 1e290", bound);
    }
  }
  const [lo, hi] = range;
  if (lo > hi) yield issue(["range"], "lower <= upper", range);
  if (distribution === "log_uniform" && lo <= 0)
    yield issue(["range", 0], "a number > 0 for distribution log_uniform", lo);
}

/** Whether there are values inside the range, and not too many to tell them apart. */
function* sizeIssues(parameter: ParameterShape, range: Range): Generator<Issue, void> {
  const { type, step, distribution, digits = DEFAULT_DIGITS } = parameter;
  const [lo, hi] = range;
  if (type === "int" && !Number.isSafeInteger(step ?? 1)) return yield issue(["step"], "an integer for type int", step);
  const { size } = rangeLattice(parameter);
  const finest = Math.max(-lo, hi) / MOST_STEPS_TO_ZERO;
  if (step === undefined) {
    if (size < 1) yield issue(["range"], `a number of ${digits} digits`, range);
    if (!Number.isSafeInteger(size + 1)) yield issue(["range"], "fewer than 2^53 values", range);
  } else if (size < 2) {
    yield issue(["step"], "a step <= upper - lower", step);
  } else if (step < finest) {
    yield issue(["step"], `a step >= ${finest}`, step);
  } else if (distribution === "log_uniform" && step >= 2 * lo) {
    yield issue(["step"], `a step < ${2 * lo}`, step);
  }
}
