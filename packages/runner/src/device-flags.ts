import type { DeviceState } from "@ea/energy";
import { BUSY_GPU_PERCENT, COMPUTING_GPU_MEBIBYTES, USED_GPU_MEBIBYTES } from "./defaults.ts";
import type { GateCondition } from "./gate-condition.ts";

/** Reasons that come of heat, which passes. */
const HOT = /slowdown$/;
/** Reasons that come of the power supply or of a limit, which stays. */
const SHORT_OF_POWER = /brake|power_cap/;

/** What the GPUs tell before an attempt, beside the processes on them: use that no process explains, slowed clocks. */
export function deviceConditions(states: readonly DeviceState[]): readonly GateCondition[] {
  return states.flatMap((state) => [...inUse(state), ...slowed(state)]);
}

/** Processes of other users and containers are not always told, but their work is seen. */
function inUse(state: DeviceState): readonly GateCondition[] {
  const { device, processes = [], utilizationPercent, memoryUsedMebibytes } = state;
  if (processes.length > 0) return [];
  const isBusy = (utilizationPercent ?? 0) >= BUSY_GPU_PERCENT;
  const words = [
    ...(isBusy ? [`${utilizationPercent} % busy`] : []),
    ...((memoryUsedMebibytes ?? 0) >= USED_GPU_MEBIBYTES ? [`${memoryUsedMebibytes} MiB in use`] : []),
  ];
  if (words.length === 0) return [];
  const message = `${device} was not free when the run began, though the driver told of no process: ${words.join(", ")}`;
  const evidence = { device, utilizationPercent, memoryUsedMebibytes };
  return [
    {
      key: `gpu-in-use ${device}`,
      flag: { code: "gpu-in-use", severity: "warning", message, evidence },
      // A model that somebody keeps loaded may stay for days; whoever computes has memory
      isWaitedFor: isBusy && (memoryUsedMebibytes ?? Number.POSITIVE_INFINITY) >= COMPUTING_GPU_MEBIBYTES,
      help: `sudo fuser -v /dev/nvidia* (another user's or a container's), or another GPU by CUDA_VISIBLE_DEVICES`,
    },
  ];
}

/** Why heat holds the clocks down; none where it does not, or the driver does not tell. */
export function heatReasons({ throttleReasons = [] }: DeviceState): readonly string[] {
  return throttleReasons.filter((reason) => HOT.test(reason) && !SHORT_OF_POWER.test(reason));
}

function slowed(state: DeviceState): readonly GateCondition[] {
  const { device, throttleReasons = [], temperatureCelsius } = state;
  const isHot = heatReasons(state).length > 0;
  const reasons = throttleReasons.filter((reason) => HOT.test(reason) || SHORT_OF_POWER.test(reason));
  if (reasons.length === 0) return [];
  const severity = reasons.every((reason) => reason === "sw_power_cap") ? "info" : "warning";
  const message = `the clocks of ${device} were held down when the run began: ${reasons.join(", ")}`;
  return [
    {
      key: `throttled ${device}`,
      flag: { code: "throttled", severity, message, evidence: { device, reasons, temperatureCelsius } },
      isWaitedFor: isHot,
      help: "nvidia-smi -q -d PERFORMANCE,TEMPERATURE",
    },
  ];
}
