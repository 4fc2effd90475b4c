import type { DeviceState, Meter, SourceState } from "@ea/energy";
import { RunnerError } from "./errors.ts";
import { inspectAll } from "./gate.ts";
import type { Settings } from "./settings.ts";

/** The quantity behind each `--require`. */
const REQUIRED_QUANTITIES = { cpu: "cpu_package", dram: "dram", gpu: "gpu" } as const;

/**
 * What the meters can tell here, and the devices that they see.
 *
 * @throws {RunnerError} `NOT_FIT` when a required energy cannot be measured, or a budget of joules not be counted.
 */
export async function findMeters(
  meters: readonly Meter[],
  { require, gate, maxJoules }: Pick<Settings, "require" | "gate" | "maxJoules">,
): Promise<{ readonly sources: readonly SourceState[]; readonly devices: readonly DeviceState[] }> {
  const sources = await Promise.all(meters.map((meter) => meter.probe()));
  checkRequirements(require, sources);
  const counted = Object.values(REQUIRED_QUANTITIES);
  if (maxJoules !== undefined && !sources.some(({ provides }) => counted.some((name) => provides.includes(name)))) {
    throw new RunnerError(
      "NOT_FIT",
      ["No energy is measured here that --max-joules could count", ...sourceLines(sources)].join("\n"),
    );
  }
  const isBlind = gate === "off" && !sources.some(({ provides }) => provides.includes("gpu"));
  return { sources, devices: isBlind ? [] : await inspectAll(meters) };
}

function checkRequirements(required: Settings["require"], sources: readonly SourceState[]): void {
  const missing = required.filter(
    (energy) => !sources.some(({ provides }) => provides.includes(REQUIRED_QUANTITIES[energy])),
  );
  if (missing.length === 0) return;
  const first = `Required but not measurable here: ${missing.join(", ")}`;
  throw new RunnerError("NOT_FIT", [first, ...sourceLines(sources)].join("\n"));
}

function sourceLines(sources: readonly SourceState[]): readonly string[] {
  return sources.map(({ name, status, provides, reason, fix }) =>
    status === "ready"
      ? `  ${name}: ready, with ${provides.join(", ")} only`
      : `  ${name}: ${status}, ${reason ?? "unknown"}${fix === undefined ? "" : `; try: ${fix}`}`,
  );
}
