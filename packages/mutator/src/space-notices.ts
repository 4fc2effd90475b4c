import { valuesOf } from "./axis.ts";
import { isSeed } from "./is-seed.ts";
import type { Parameter } from "./parameter.ts";
import { show } from "./show.ts";
import { Space } from "./space.ts";

/**
 * What is allowed in a space and may still be a mistake: defaults outside the range or the choices. One sentence each.
 * @throws ZodError for a space that is none.
 */
export function spaceNotices(space: Space): readonly string[] {
  return Object.entries(Space.parse(space).parameters).flatMap(([name, parameter]) => {
    const place = isSeed(name, parameter) ? undefined : outsideOf(parameter);
    return place === undefined ? [] : [`The default of ${name}, ${show(parameter.default)}, lies outside ${place}`];
  });
}

function outsideOf(parameter: Parameter): string | undefined {
  const { range, choices = [], weights, value } = parameter;
  const { outside } = valuesOf(parameter);
  if (outside === undefined || value !== undefined) return undefined;
  if (range === undefined) {
    const drawable = choices.filter((_, index) => weights?.[index] !== 0);
    return `its choices (${drawable.map(show).join(", ")})`;
  }
  const isInRange = typeof outside === "number" && outside >= range[0] && outside <= range[1];
  return isInRange ? undefined : `its range ${show(range)}`;
}
