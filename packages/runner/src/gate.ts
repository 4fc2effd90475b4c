import type { DeviceState, Meter } from "@ea/energy";
import type { Flag } from "@ea/records";
import type { Clock } from "./clock.ts";
import { GATE_POLL_SECONDS, GATE_TIMEOUT_SECONDS } from "./defaults.ts";
import { deviceFlags } from "./device-flags.ts";
import { RunnerError } from "./errors.ts";
import type { OnEvent } from "./events.ts";
import { hostFlags } from "./host-flags.ts";
import type { Settings } from "./settings.ts";

/** A process of somebody else on one of our GPUs. */
export interface Foreigner {
  readonly device: string;
  readonly pid: number;
  readonly name: string | undefined;
  readonly memoryMebibytes: number | undefined;
}

/** What the gate needs to look and to wait. */
export interface GateContext {
  readonly clock: Clock;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal;
  /** Existing directory on the disk that the results go to. */
  readonly rowDirectory: string;
}

/**
 * Looks for foreign processes on the GPUs before an attempt: nothing of ours runs then. Waits for them, flags the run
 * `contaminated`, or refuses, as the policy says. What else may bear on the energy (load of others, slowed clocks, a disk
 * that is nearly full) is flagged.
 *
 * @throws {RunnerError} `NOT_FIT` when the policy is `refuse` and there is one.
 */
export async function passGate(
  meters: readonly Meter[],
  policy: Settings["gate"],
  context: GateContext,
): Promise<readonly Flag[]> {
  if (policy === "off") return [];
  const { clock, onEvent, signal } = context;
  const endMs = clock.monotonicMs() + GATE_TIMEOUT_SECONDS * 1000;
  for (let isFirst = true; ; isFirst = false) {
    const states = await inspectAll(meters);
    const foreigners = foreignersOn(states);
    if (signal.aborted) return [];
    if (foreigners.length === 0) return conditionFlags(states, context);
    const words = foreignerWords(foreigners);
    if (policy === "refuse") throw new RunnerError("NOT_FIT", `A foreign process computes on the GPU: ${words}`);
    if (policy === "flag" || clock.monotonicMs() >= endMs) {
      const message = `another process computed on the GPU when the run began: ${words}`;
      const flag: Flag = { code: "contaminated", severity: "error", message, evidence: { processes: foreigners } };
      return [flag, ...(await conditionFlags(states, context))];
    }
    if (isFirst) {
      onEvent({
        type: "warning",
        code: "foreign-process",
        message: `Waiting for a foreign GPU process to end: ${words}`,
      });
      onEvent({ type: "sleeping", seconds: GATE_TIMEOUT_SECONDS, reason: "gate" });
    }
    await clock.sleep(GATE_POLL_SECONDS, signal);
  }
}

async function conditionFlags(states: readonly DeviceState[], context: GateContext): Promise<readonly Flag[]> {
  return [...blindFlags(states), ...deviceFlags(states), ...(await hostFlags(context.rowDirectory, context))];
}

/** Everybody who computes on the devices. */
export function foreignersOn(states: readonly DeviceState[]): readonly Foreigner[] {
  return states.flatMap(({ device, processes = [] }) => processes.map((process) => ({ device, ...process })));
}

/** `pid 7 (python) on GPU-1` */
export function foreignerWords(foreigners: readonly Foreigner[]): string {
  return foreigners.map(({ pid, name, device }) => `pid ${pid}${name ? ` (${name})` : ""} on ${device}`).join(", ");
}

/** Not to have seen a process is no proof that there was none. */
function blindFlags(states: readonly DeviceState[]): readonly Flag[] {
  const devices = states.filter(({ processes }) => processes === undefined).map(({ device }) => device);
  if (devices.length === 0) return [];
  const message = `whether another process computed on ${devices.join(", ")} is not known`;
  return [{ code: "gate-blind", severity: "warning", message, evidence: { devices } }];
}

/** The devices of all meters as they stand now. */
export async function inspectAll(meters: readonly Meter[]): Promise<readonly DeviceState[]> {
  const states = await Promise.all(meters.map(async (meter) => (await meter.inspect?.()) ?? []));
  return states.flat();
}
