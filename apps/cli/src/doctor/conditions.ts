import type { DeviceState } from "@ea/energy";
import type { Condition } from "./condition.ts";
import { cpuGovernor } from "./cpu-governor.ts";
import { gpuSetup } from "./gpu-setup.ts";
import { perfPermission } from "./perf-permission.ts";
import { raplEvents } from "./rapl-events.ts";
import type { MachineFacts } from "./read-machine.ts";
import { systemClock } from "./system-clock.ts";
import { virtualisation, virtualMachine } from "./virtualisation.ts";
import { watchdogTools } from "./watchdog-tools.ts";

/** All findings about a machine, in the order in which they decide. */
export function machineConditions(facts: MachineFacts, devices: readonly DeviceState[]): readonly Condition[] {
  const isVirtual = virtualMachine(facts.virtualisation) !== undefined;
  return [
    ...virtualisation(facts.virtualisation),
    raplEvents(facts.powerEvents, isVirtual),
    perfPermission(facts.paranoid, facts.status),
    ...gpuSetup(facts.gpu),
    ...foreignProcesses(devices),
    cpuGovernor(facts.governors),
    ...systemClock(facts.clockSource, facts.synchronised),
    watchdogTools(facts.missingTools),
  ];
}

function foreignProcesses(devices: readonly DeviceState[]): readonly Condition[] {
  const name = "GPU in use";
  const free = devices.filter(({ processes }) => processes?.length === 0).length;
  const rest = devices.filter(({ processes }) => processes?.length !== 0);
  return [
    ...(free > 0 ? [{ name, status: "ok" as const, finding: `nobody computes on ${free} of ${devices.length}` }] : []),
    ...rest.map(({ device, processes }): Condition => {
      if (!processes) return { name, status: "unknown", finding: `the driver does not tell who computes on ${device}` };
      const words = processes.map((each) => `pid ${each.pid}${each.name === undefined ? "" : ` (${each.name})`}`);
      const finding = `${words.join(", ")} on ${device}: its energy would count as the training's`;
      return { name, status: "attention", finding, fix: "wait for it, or choose another GPU by CUDA_VISIBLE_DEVICES" };
    }),
  ];
}
