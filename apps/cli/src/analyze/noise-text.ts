import { type Absent, type GroupAnalysis, isAbsent, type Noise, type Variation } from "@ea/analysis";
import { percent, pText } from "./share-text.ts";

const NAMES = { joules: "energy", seconds: "time", watts: "power" } as const;

/** How much repeats vary, and how many of them show a difference. */
export function noiseText(noise: readonly Noise[], detect: number): string {
  const known = noise.filter(({ within, across }) => !isAbsent(within) || !isAbsent(across));
  const [first] = noise;
  if (known.length === 0) {
    const reason = first && isAbsent(first.within) ? first.within.reason : "there are no runs";
    return `  noise: not known, ${reason}\n`;
  }
  return known
    .map(({ outcome, within, across }) => {
      const parts = [
        variationText("within a session", within, detect),
        variationText("across sessions", across, detect),
      ];
      return `  noise of ${NAMES[outcome]}: ${parts.filter((part) => part !== "").join("; ")}\n`;
    })
    .join("");
}

function variationText(where: string, variation: Variation | Absent, detect: number): string {
  if (isAbsent(variation)) return "";
  const { pooled, interval95, configurations, runs, repeatsNeeded } = variation;
  const range = `${percent(interval95[0])} to ${percent(interval95[1])}`;
  const repeats = repeatsNeeded === undefined ? "more than 10000" : String(repeatsNeeded);
  return `${percent(pooled)} ${where} (${range}; ${runs} runs of ${configurations} configurations), ${repeats} repeats show ${percent(detect)}`;
}

/** Whether figures change while runs follow each other. */
export function driftText(drift: GroupAnalysis["drift"]): string {
  const [first] = drift;
  const lines = drift.flatMap((found) => {
    if ("reason" in found) return [];
    const {
      outcome,
      change,
      changeInterval95: [low, high],
      p,
      n,
    } = found;
    const range = `${percent(low)} to ${percent(high)}`;
    const words = p < 0.05 ? `${percent(change)} from the first to the last` : "none to be seen";
    return [`  drift of ${NAMES[outcome]} over ${n} repeated runs: ${words} (${range}, ${pText(p)})\n`];
  });
  if (lines.length > 0) return lines.join("");
  return first && "reason" in first ? `  drift: not known, ${first.reason}\n` : "";
}
