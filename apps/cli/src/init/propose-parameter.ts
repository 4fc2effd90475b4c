import type { Literal, ScriptArgument } from "./script-argument.ts";

/** A hyperparameter in the words of `models_config.json`. */
export type ProposedParameter = Readonly<Record<string, unknown>>;

/** What a name says about a number, and the range that follows from its default. */
const RULES: readonly (readonly [name: RegExp, range: (value: number, type: "int" | "float") => object | undefined])[] =
  [
    [/epochs?$|^(?:max_|num_)?(?:train_)?steps$|^iterations$/, (value, type) => around(value, type, 2)],
    [/(?:^|_)(?:lr|learning_rate)\d?$/, (value, type) => logarithmic(value, type)],
    [
      /(?:^|_)(?:wd|weight_decay|l1|l2|alpha)$/,
      (value, type) => (value === 0 ? zeroOr(type) : logarithmic(value, type)),
    ],
    [
      /dropout|drop_rate|drop_path/,
      (value, type) =>
        type === "float" && value >= 0 && value < 1 ? { range: [0, value > 0.5 ? 0.9 : 0.5], step: 0.05 } : undefined,
    ],
    [/momentum/, (value, type) => (type === "float" && value > 0 && value < 1 ? { range: [0.5, 0.99] } : undefined)],
    [
      /hidden|units|width|embed|(?:^|_)dim(?:_|$)|layers|depth|heads|patience|warmup/,
      (value, type) => around(value, type, 2),
    ],
  ];

/** The name of a hyperparameter: `--learning-rate` is `learning_rate`. */
export function parameterName({ flag }: ScriptArgument): string {
  const name = flag.replace(/^-+/, "").replaceAll("-", "_").toLowerCase();
  return name === "lr" ? "learning_rate" : name;
}

/** A hyperparameter with a range from its name and default, or why there is none. */
export function proposeParameter(argument: ScriptArgument): ProposedParameter | { readonly reason: string } {
  const { flag, default: value, choices, isSwitch } = argument;
  const name = parameterName(argument);
  if (!flag.startsWith("-")) return { reason: "is given by its place, not by a flag; give it in required_args" };
  if (isSwitch) return { reason: "takes no value; a bool is passed as two arguments, such as --amp true" };
  if (/(?:^|_)seed$/.test(name)) {
    const standing = Number.isSafeInteger(value) ? value : null;
    return { type: "int", flag, default: standing, range: [0, 9999], ...(name !== "seed" && { role: "seed" }) };
  }
  if (choices && choices.length > 1 && choices.every((choice) => choice !== null)) {
    return { type: "categorical", flag, default: value ?? null, choices };
  }
  if (typeof value === "boolean") {
    const isTruth = argument.type === undefined || argument.type === "bool";
    if (isTruth) return { reason: 'is read by bool(), which takes the text "false" for true' };
    return { type: "bool", flag, default: value };
  }
  if (typeof value !== "number") return { reason: withoutNumber(value) };
  return proposeNumber(name, flag, value, numberType(argument, value));
}

function proposeNumber(
  name: string,
  flag: string,
  value: number,
  type: "int" | "float",
): ProposedParameter | { readonly reason: string } {
  if (/batch_?size$|^bs$/.test(name) && value >= 1 && Number.isSafeInteger(value * 4)) {
    const sizes = [value / 4, value / 2, value, value * 2, value * 4].filter((size) => Number.isInteger(size));
    return { type: "categorical", flag, default: value, choices: sizes };
  }
  const rule = RULES.find(([pattern]) => pattern.test(name));
  const range = rule?.[1](value, type);
  if (range) return { type, flag, default: value, ...range };
  return {
    reason: rule
      ? `has the default ${value}, from which no range follows`
      : "has a name that says nothing about its range",
  };
}

function numberType({ type }: ScriptArgument, value: number): "int" | "float" {
  if (type === "int") return "int";
  return type === "float" || !Number.isInteger(value) ? "float" : "int";
}

function withoutNumber(value: Literal | undefined): string {
  if (value === undefined) return "has no default that can be told without running the script";
  return value === null ? "has the default None" : "is a text without choices";
}

/** From one over `factor` to `factor` times the default. */
function around(value: number, type: "int" | "float", factor: number): object | undefined {
  if (!(value > 0)) return undefined;
  const range =
    type === "int"
      ? [Math.max(1, Math.ceil(value / factor)), value * factor]
      : [short(value / factor), short(value * factor)];
  return (range[0] ?? 0) < (range[1] ?? 0) ? { range } : undefined;
}

/** A factor of ten to both sides. */
function logarithmic(value: number, type: "int" | "float"): object | undefined {
  if (!(value > 0) || type === "int") return undefined;
  return { range: [short(value / 10), short(value * 10)], distribution: "log_uniform" };
}

function zeroOr(type: "int" | "float"): object | undefined {
  return type === "float" ? { range: [0.00001, 0.1], distribution: "log_uniform", zero_probability: 0.2 } : undefined;
}

function short(value: number): number {
  return Number(value.toPrecision(6));
}
