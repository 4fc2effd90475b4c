import type { CostBasis } from "@ea/analysis";
import type { Metric } from "../model/report-data.ts";

const PARTS: Readonly<Record<string, string>> = {
  cpu_package: "CPU package",
  dram: "DRAM",
  gpu: "GPU",
  cpu_psys: "platform (psys)",
  cpu_estimate: "CPU estimate",
};

/** How a quantity is called in text. */
export function partName(name: string): string {
  return PARTS[name] ?? name;
}

/** `Energy: CPU package + DRAM + GPU`, and for an estimate that it is one. */
export function costName(basis: CostBasis): string {
  if (basis.kind === "none") return "Duration (no energy was measured)";
  if (basis.kind === "estimate") return "Estimated CPU energy, not measured";
  return `Energy, ${basis.parts.map(partName).join(" + ")}`;
}

/** `energy`, `estimated energy`, `duration`: in the middle of a sentence. */
export function costWord({ kind }: CostBasis): string {
  return { measured: "energy", estimate: "estimated energy", none: "duration" }[kind];
}

/** `test_accuracy`, `wall (s)` */
export function metricName({ name, unit }: Metric): string {
  return unit === null ? name : `${name} (${unit})`;
}

/** `1 run`, `2 runs` */
export function counted(count: number, noun: string): string {
  const plural = noun.endsWith("s") ? `${noun}es` : noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count} ${count === 1 ? noun : plural}`;
}

/** With a capital letter, as at the start of a title. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
