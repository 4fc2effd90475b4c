import type { FigureTable } from "../figures/figure.ts";
import type { DerivationFactors } from "../report-input.ts";
import { clip } from "../text/clip.ts";
import { digits, percent } from "../text/digits.ts";
import { counted, partName } from "../text/names.ts";
import { duration, joulesAndKwh } from "../text/scale.ts";
import type { Chapter, FlagFacts, Machine, MeterFacts, ReportData, SessionFacts } from "./report-data.ts";

/** The numbers to begin with: what, how much, and what to add. */
export function summaryFacts(data: ReportData): readonly (readonly [string, string, string])[] {
  const { chapters, sessions, total, basis, factors } = data;
  const count = (of: (session: SessionFacts) => number): number =>
    sessions.reduce((sum, session) => sum + of(session), 0);
  const success = count((session) => session.success);
  const failed = count((session) => session.failed);
  const suspect = count((session) => session.suspect);
  const isPlanned = sessions.every(({ planned }) => planned !== null);
  const missing = isPlanned ? count(({ planned }) => planned ?? 0) - success - failed - suspect : 0;
  const others = [
    failed > 0 && `${failed} failed`,
    suspect > 0 && `${suspect} suspect`,
    missing > 0 && `${missing} not finished`,
  ];
  const configurations = chapters.reduce((sum, chapter) => sum + chapter.configurations.length, 0);
  const energy =
    basis.kind === "estimate"
      ? "Estimated CPU energy, all attempts"
      : `Energy, ${basis.parts.map(partName).join(" + ")}, all attempts`;
  return [
    ["Runs that succeeded", String(success), others.filter(Boolean).join(", ")],
    ["Configurations compared", String(configurations), ""],
    ...(total.joules === null ? [] : [[energy, joulesAndKwh(total.joules), ""] as const]),
    ["Time, all attempts", duration(total.seconds), counted(total.attempts, "attempt")],
    ...(factors && total.joules !== null ? derived(factors, total.joules, basis.kind === "estimate") : []),
  ];
}

function derived({ gramsPerKwh, pricePerKwh, pue }: DerivationFactors, joules: number, isEstimate: boolean) {
  const kwh = (joules / 3.6e6) * pue;
  const from = isEstimate ? "derived from the estimate" : "derived";
  const building = pue === 1 ? "" : ` × PUE ${digits(pue)}`;
  return [
    ...(gramsPerKwh === undefined
      ? []
      : [
          [
            `Carbon, ${from}`,
            grams(kwh * gramsPerKwh),
            `${digits(gramsPerKwh)} g CO₂e/kWh as given${building}`,
          ] as const,
        ]),
    ...(pricePerKwh === undefined
      ? []
      : [[`Cost, ${from}`, digits(kwh * pricePerKwh), `${digits(pricePerKwh)} per kWh as given${building}`] as const]),
  ];
}

function grams(value: number): string {
  return value >= 1000 ? `${digits(value / 1000)} kg CO₂e` : `${digits(value)} g CO₂e`;
}

/** Why runs are compared with nothing, and how many they are; the most frequent first. */
export function leftOutReasons(
  chapters: readonly Chapter[],
): readonly { readonly reason: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { leftOut } of chapters.flatMap(({ runs }) => runs)) {
    if (leftOut !== null) counts.set(leftOut, (counts.get(leftOut) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason: clip(reason, 200), count })).sort((a, b) => b.count - a.count);
}

/** What was run. */
export function sessionsTable(sessions: readonly SessionFacts[]): FigureTable {
  const minute = (moment: string): string => moment.slice(0, 16).replace("T", " ");
  const rows = sessions.map((session) => [
    session.name,
    session.experiments.map(({ what, how }) => `${clip(what, 80)}: ${clip(how, 300)}`).join("; ") || "no plan",
    `${session.success + session.failed + session.suspect}${session.planned === null ? "" : ` of ${session.planned}`}`,
    session.seed ?? "–",
    session.from === null || session.to === null ? "–" : `${minute(session.from)} to ${minute(session.to)}`,
    session.commits.map((text) => clip(text, 160)).join("; "),
  ]);
  return { header: ["Session", "Asked for", "Rows ended", "Seed", "From, to", "Code"], rows };
}

/** On what it was run. */
export function machinesTable(machines: readonly Machine[]): FigureTable {
  const rows = machines.map((machine, index) => [
    `${index + 1}: ${clip(machine.host, 60)}`,
    clip(machine.cpu, 100),
    machine.memory,
    clip(machine.gpus, 300),
    clip(machine.system, 80),
    machine.governor,
    clip(machine.software, 300),
  ]);
  return { header: ["Machine", "CPU", "Memory", "GPUs", "Kernel", "Governor", "Software"], rows };
}

/** By which meters, and with what uncertainty. */
export function metersTable(meters: readonly MeterFacts[]): FigureTable {
  const rows = meters.map(({ name, source, method, quality, runs, of, uncertainty, reason }) => [
    name,
    clip(source, 80),
    clip(method, 160),
    quality,
    `${runs} of ${of}`,
    uncertainty === null ? "–" : `± ${percent(uncertainty)}`,
    clip(reason ?? "", 300),
  ]);
  const uncertainty = "Uncertainty (median, about 95 %)";
  const why = "Why missing, partial or an estimate";
  return { header: ["Quantity", "Source", "Method", "Quality", "Runs", uncertainty, why], rows };
}

/** Every flag, and how many runs carry it. */
export function flagsTable(flags: readonly FlagFacts[]): FigureTable {
  const rows = flags.map(({ code, severity, message, ids }) => [
    severity,
    clip(code, 80),
    String(ids.length),
    clip(message, 400),
  ]);
  return { header: ["Severity", "Code", "Runs", "For example"], rows };
}
