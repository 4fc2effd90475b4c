import { canonicalText, type FullSpace, isSeed, type Parameter } from "@ea/mutator";

/** What is allowed in a space and may still be a mistake: defaults outside the range or the choices. One sentence each. */
export function spaceNotices({ parameters }: Pick<FullSpace, "parameters">): readonly string[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const standard = parameter.default ?? null;
    const place = placeOf(parameter);
    if (standard === null || place === undefined || isSeed(name, parameter)) return [];
    return isInside(parameter, standard)
      ? []
      : [`The default of ${name}, ${show(standard)}, lies outside its ${place}`];
  });
}

/** Where values are drawn from; `undefined` where nothing is drawn. */
function placeOf({ value, range, choices, weights }: Parameter): string | undefined {
  if (value !== undefined) return undefined;
  if (range) return `range [${range.join(", ")}]`;
  const drawn = choices?.filter((_, index) => weights?.[index] !== 0);
  return drawn && `choices (${drawn.map(show).join(", ")})`;
}

function isInside(parameter: Parameter, standard: string | number | boolean): boolean {
  const { range, choices = [], weights, zero_probability: zero = 0 } = parameter;
  if (range) return (standard === 0 && zero > 0) || (Number(standard) >= range[0] && Number(standard) <= range[1]);
  const text = canonicalText(parameter, standard);
  return choices.some((choice, index) => String(choice) === text && weights?.[index] !== 0);
}

function show(value: string | number | boolean): string {
  return JSON.stringify(value);
}
