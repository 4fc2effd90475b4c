import { basisText, type GroupAnalysis, isAbsent, type StudyAnalysis } from "@ea/analysis";
import { joules, seconds } from "../format.ts";
import { effectsText } from "./effects-text.ts";
import { exclusionText } from "./exclusion-text.ts";
import { frontText } from "./front-text.ts";
import { driftText, noiseText } from "./noise-text.ts";
import { percent } from "./share-text.ts";

/** Everything that an analysis has found, group by group. */
export function analysisText(analysis: StudyAnalysis): string {
  const { groups, noise, detect } = analysis;
  const whole = groups.length > 1 ? `all groups\n${noiseText(noise, detect)}` : "";
  const parts = [
    exclusionText(analysis),
    ...groups.map((group) => groupText(group, analysis)),
    `${whole}${costText(analysis)}`,
    nextText(analysis),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function groupText(group: GroupAnalysis, { drop, detect }: StudyAnalysis): string {
  const { front, effects, noise, drift, used, runs, configurations, basis } = group;
  const counts = `${used} of ${runs} runs, ${configurations} ${configurations === 1 ? "configuration" : "configurations"}`;
  const head = `${group.group}: ${counts}, energy: ${basisText(basis)}\n`;
  if (used === 0) return head;
  return [
    head,
    frontText(front, basis, drop),
    "\n",
    effectsText(effects),
    "\n",
    noiseText(noise, detect),
    driftText(drift),
  ].join("");
}

function costText({ total, groups }: StudyAnalysis): string {
  const share = (part: number | null): string =>
    part === null || total.total.joules === null || total.total.joules === 0
      ? ""
      : ` (${percent(part / total.total.joules)})`;
  const energy = (part: number | null): string => (part === null ? "no energy" : joules(part));
  const failed = total.failed.reduce((sum, { attempts }) => sum + attempts, 0);
  const known = total.failed.flatMap(({ joules: each }) => each ?? []);
  const failedJoules = known.length > 0 ? known.reduce((sum, each) => sum + each, 0) : null;
  const lines = [
    `${groups.length > 1 ? "" : "study\n"}  cost: ${total.total.attempts} attempts, ${seconds(total.total.seconds)}, ${energy(total.total.joules)} (${basisText(total.basis)})`,
    `  excluded runs: ${total.excluded.attempts} attempts, ${seconds(total.excluded.seconds)}, ${energy(total.excluded.joules)}${share(total.excluded.joules)}`,
    `  failed: ${failed} attempts, ${seconds(total.failed.reduce((sum, each) => sum + each.seconds, 0))}, ${energy(failedJoules)}${share(failedJoules)}`,
    `  between attempts: ${seconds(total.idleSeconds)}`,
    ...(total.idleJoules === null
      ? []
      : [`  idling alone would have taken ${joules(total.idleJoules)}${share(total.idleJoules)}`]),
    ...(total.total.withoutEnergy > 0 ? [`  ${total.total.withoutEnergy} attempts have no energy on this basis`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What helps most now. */
function nextText({ groups, excluded, sessions }: StudyAnalysis): string {
  const names = sessions.slice(0, 3).join(" ") + (sessions.length > 3 ? " …" : "");
  if (excluded.length > 0) return `Next: ea audit ${names}\n`;
  if (groups.every(({ noise }) => noise.every(({ within, across }) => isAbsent(within) && isAbsent(across)))) {
    return "Next: ea run … --repetitions 3, so that differences can be told from noise\n";
  }
  return `Next: ea report ${names} -o report.html\n`;
}
