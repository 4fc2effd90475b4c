import {
  type Absent,
  type ComparedRegression,
  type Effects,
  type Explained,
  isAbsent,
  type Term,
  termName,
  termText,
} from "@ea/analysis";
import { table } from "../format.ts";
import { indent } from "./front-text.ts";
import { percent, pText, rSquaredText } from "./share-text.ts";

const NAMES = { joules: "energy", seconds: "time", watts: "power" } as const;

/** What each parameter does to energy, time and power, and how much of the energy's variation is explained. */
export function effectsText(effects: readonly Effects[]): string {
  const known = effects.flatMap((each) => (isAbsent(each.full) ? [] : [{ ...each, full: each.full }]));
  const [first] = known;
  if (!first) return withoutFull(effects);
  const terms = first.full.terms;
  const rows = terms.map((term) => [
    termName(term),
    ...known.map(({ full }) => {
      const same = full.terms.find((each) => isSame(each, term));
      return same && termText(same);
    }),
    rhoText(first, term),
  ]);
  const header = ["all parameters together", ...known.map(({ outcome }) => NAMES[outcome]), "rank correlation"];
  const dropped = first.full.dropped.map(({ parameter, reason }) => `  ${parameter}: ${reason}\n`);
  return [indent(table(header, rows)), ...dropped, explainedText(first), importanceText(first)].join("");
}

/** Too few runs for all parameters together may be enough for each alone. */
function withoutFull([first]: readonly Effects[]): string {
  if (!first || !isAbsent(first.full)) return "";
  return `  no effects of all parameters together: ${first.full.reason}
${explainedText(first)}`;
}

function isSame(a: Term, b: Term): boolean {
  return a.parameter === b.parameter && a.kind === b.kind && a.level === b.level;
}

function rhoText({ singles }: Effects, { parameter, kind }: Term): string | undefined {
  const found = singles.find((single) => single.parameter === parameter)?.spearman;
  if (!found || isAbsent(found) || kind === "absent" || kind === "level") return undefined;
  return `${found.rho.toFixed(2)}, ${pText(found.p)}`;
}

/** How much of the variation of the logarithm each regression explains, before and after runs were set aside. */
function explainedText({ outcome, full, selected, singles }: Effects): string {
  const regressions = [
    ...(isAbsent(selected) ? [] : [{ what: `chosen: ${selected.parameters.join(" + ")}`, regression: selected }]),
    ...(isAbsent(full) ? [] : [{ what: "all parameters together", regression: full }]),
    ...singles.flatMap(({ parameter, regression }) =>
      isAbsent(regression) ? [] : [{ what: `${parameter} alone`, regression }],
    ),
  ];
  if (regressions.length === 0) return "";
  const hasPublished = regressions.some(({ regression }) => !isAbsent(regression.asPublished));
  const before = (explained: Explained | Absent): string | undefined =>
    isAbsent(explained) ? undefined : `${rSquaredText(explained.rSquared)} (n = ${explained.n})`;
  const row = ({ what, regression }: { readonly what: string; readonly regression: ComparedRegression }) => [
    what,
    `${rSquaredText(regression.rSquared)} (n = ${regression.n})`,
    before(regression.beforeQuarantine),
    ...(hasPublished ? [before(regression.asPublished)] : []),
    percent(regression.residualShare),
  ];
  const header = [
    `log ${outcome} explained by`,
    "R²",
    "with excluded runs",
    ...(hasPublished ? ["as published"] : []),
    "left over",
  ];
  return `\n${indent(table(header, regressions.map(row)))}`;
}

function importanceText({ importance }: Effects): string {
  if (isAbsent(importance)) return `  no permutation importance: ${importance.reason}\n`;
  const drops = importance.parameters.map(({ parameter, drop }) => `${parameter} ${drop.toFixed(2)}`);
  return `  mixed up between runs, R² out of sample (${importance.crossValidatedRSquared.toFixed(2)}) drops by: ${drops.join(", ")}\n`;
}
