import type { DeviceState, Meter } from "@ea/energy";
import type { Flag } from "@ea/records";
import type { Clock } from "./clock.ts";
import { GATE_POLL_SECONDS, GATE_TIMEOUT_SECONDS } from "./defaults.ts";
import { deviceConditions } from "./device-flags.ts";
import { RunnerError } from "./errors.ts";
import type { OnEvent } from "./events.ts";
import { conditionText, type GateCondition } from "./gate-condition.ts";
import { hostConditions, ORPHAN_HELP } from "./host-flags.ts";
import { type MachineMemory, machineMemory } from "./machine-memory.ts";
import { orphanOwner } from "./orphans.ts";
import type { OurTags } from "./our-processes.ts";
import type { Settings } from "./settings.ts";

/** A process of somebody else on one of our GPUs. */
export interface Foreigner {
  readonly device: string;
  readonly pid: number;
  readonly name: string | undefined;
  readonly memoryMebibytes: number | undefined;
}

/** What the gate needs to look and to wait. */
export interface GateContext extends OurTags {
  readonly clock: Clock;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal;
  /** Existing directory on the disk that the results go to. */
  readonly rowDirectory: string;
  /** What it remembers of earlier attempts of the session. @default nothing */
  readonly memory?: MachineMemory | undefined;
  /** @default "/proc" */
  readonly procRoot?: string | undefined;
}

/** What bears on a run that begins now. */
interface Look {
  readonly conditions: readonly GateCondition[];
  /** Flags beside those of the conditions. */
  readonly flags: readonly Flag[];
}

/**
 * Looks at the machine before an attempt, when nothing of ours trains: processes and use of others on the GPUs, GPUs that
 * heat holds back, load of others on the CPUs, room on the disk. Waits for these to pass, flags the run `contaminated`, or
 * refuses, as the policy says. What has not passed in time is waited for again only after it has been away. Other findings
 * only flag.
 *
 * @throws {RunnerError} `NOT_FIT` when the policy is `refuse` and there is something, or when the disk has no room for a run.
 */
export async function passGate(
  meters: readonly Meter[],
  policy: Settings["gate"],
  context: GateContext,
): Promise<readonly Flag[]> {
  if (policy === "off") return [];
  const { clock, onEvent, signal, memory = machineMemory() } = context;
  const startMs = clock.monotonicMs();
  const seconds = (): number => (clock.monotonicMs() - startMs) / 1000;
  let settings: readonly Flag[] | undefined;
  for (let isWaiting = false; ; isWaiting = true) {
    const states = await inspectAll(meters);
    settings ??= await memory.changes(states);
    const { conditions, flags } = await lookAround(states, context);
    if (signal.aborted) return [];
    const found = conditions.filter(({ isWaitedFor }) => isWaitedFor);
    forgetPassed(memory, found);
    if (policy === "refuse" && found.length > 0) throw notFit(found);
    const isHopeless = found.every(({ key }) => memory.inVain.has(key));
    if (policy === "flag" || isHopeless || seconds() >= GATE_TIMEOUT_SECONDS) {
      const fatal = found.filter(({ isFatal }) => isFatal);
      if (fatal.length > 0) throw notFit(fatal);
      for (const { key } of found) memory.inVain.add(key);
      if (isWaiting) onEvent({ type: "warning", code: "gate", message: endText(found, seconds()) });
      return [...contaminated(found), ...flags, ...settings];
    }
    if (!isWaiting) {
      const words = found.map(conditionText).join("; ");
      onEvent({ type: "warning", code: "gate", message: `Waiting for the machine to be free: ${words}` });
      onEvent({ type: "sleeping", seconds: GATE_TIMEOUT_SECONDS, reason: "gate" });
    }
    await clock.sleep(GATE_POLL_SECONDS, signal);
    if (signal.aborted) return [];
  }
}

async function lookAround(states: readonly DeviceState[], context: GateContext): Promise<Look> {
  const host = await hostConditions(context.rowDirectory, context);
  const others = [...deviceConditions(states), ...host];
  const flags = [...blindFlags(states), ...others.map(({ flag }) => flag)];
  return { conditions: [...foreignConditions(states), ...others], flags };
}

/** Each device with processes of others on it. */
function foreignConditions(states: readonly DeviceState[]): readonly GateCondition[] {
  const foreigners = foreignersOn(states);
  if (foreigners.length === 0) return [];
  const pids = foreigners.map(({ pid }) => pid);
  const message = `another process computed on the GPU when the run began: ${foreignerWords(foreigners)}`;
  return [
    {
      key: `foreign-process ${foreigners.map(({ device }) => device).join(" ")}`,
      flag: { code: "contaminated", severity: "error", message, evidence: { processes: foreigners } },
      isWaitedFor: true,
      help: pids.some((pid) => orphanOwner(pid) !== undefined)
        ? ORPHAN_HELP
        : `ps -o pid,user,etime,args -p ${pids.join(",")}, or another GPU by CUDA_VISIBLE_DEVICES`,
    },
  ];
}

/** One flag for all that others did to the run; a nearly full disk does nothing to its energy. */
function contaminated(found: readonly GateCondition[]): readonly Flag[] {
  const flags = found.map(({ flag }) => flag).filter(({ code }) => code !== "disk-low");
  if (flags.length === 0) return [];
  const foreign = flags.find(({ code }) => code === "contaminated");
  const others = flags.filter((flag) => flag !== foreign).map(({ code, evidence }) => ({ code, ...evidence }));
  const evidence = { ...foreign?.evidence, ...(others.length > 0 ? { conditions: others } : {}) };
  return [
    { code: "contaminated", severity: "error", message: flags.map(({ message }) => message).join("; "), evidence },
  ];
}

function notFit(found: readonly GateCondition[]): RunnerError {
  const lines = found.map((condition) => `  ${conditionText(condition)}`);
  return new RunnerError("NOT_FIT", ["The machine is not fit for a run:", ...lines].join("\n"));
}

function endText(found: readonly GateCondition[], seconds: number): string {
  const after = `after ${seconds.toFixed(0)} s`;
  if (found.length === 0) return `The machine is free ${after}: the run goes on`;
  return `The machine is not free ${after}: the run goes on, flagged`;
}

function forgetPassed({ inVain }: MachineMemory, found: readonly GateCondition[]): void {
  const keys = new Set(found.map(({ key }) => key));
  for (const key of inVain) if (!keys.has(key)) inVain.delete(key);
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
