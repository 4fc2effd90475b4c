import type { MetricPattern } from "./metric-pattern.ts";
import { type NumberReading, parseNumber } from "./parse-number.ts";
import type { Match } from "./pattern-search.ts";

/** What a match of `given` says, and the text that says it. */
export function readMatch(
  { groups }: Pick<Match, "groups">,
  given: MetricPattern,
): { readonly reading: NumberReading; readonly text: string } {
  const as = typeof given === "string" ? undefined : given.as;
  const text = (groups.length > 1 ? groups[1] : groups[0]) ?? "";
  if (as === "ratio") {
    const below = groups[2] ?? "";
    return { reading: divided(parseNumber(text), parseNumber(below)), text: `${text}/${below}` };
  }
  const reading = parseNumber(text);
  return { reading: as === "percent" ? hundredth(reading) : reading, text };
}

/** By its decimal digits: 91.8 / 100 is 0.9179999999999999. */
function hundredth(reading: NumberReading): NumberReading {
  if (reading.kind !== "finite") return reading;
  const [digits, power] = reading.value.toExponential().split("e");
  return { kind: "finite", value: Number(`${digits}e${Number(power) - 2}`) };
}

function divided(above: NumberReading, below: NumberReading): NumberReading {
  if (above.kind !== "finite") return above;
  if (below.kind !== "finite") return below;
  return below.value === 0 ? { kind: "not-a-number" } : { kind: "finite", value: above.value / below.value };
}
