import type { DeviceState } from "@ea/energy";
import type { Flag } from "@ea/records";

/** A GPU that nobody uses is 0 % busy; a sensor's last second may hold the end of what ran before. */
const BUSY_PERCENT = 10;
/** A driver keeps some hundred MiB for itself. */
const USED_MEBIBYTES = 1024;
/** Reasons that come of heat or of the power supply, and not of a setting. */
const SLOWDOWNS = /slowdown|brake/;

/** What the GPUs tell before an attempt, beside the processes on them: use that no process explains, slowed clocks. */
export function deviceFlags(states: readonly DeviceState[]): readonly Flag[] {
  return states.flatMap((state) => [...inUse(state), ...slowed(state)]);
}

/** Processes of other users and containers are not always told, but their work is seen. */
function inUse({ device, processes = [], utilizationPercent, memoryUsedMebibytes }: DeviceState): readonly Flag[] {
  if (processes.length > 0) return [];
  const words = [
    ...((utilizationPercent ?? 0) >= BUSY_PERCENT ? [`${utilizationPercent} % busy`] : []),
    ...((memoryUsedMebibytes ?? 0) >= USED_MEBIBYTES ? [`${memoryUsedMebibytes} MiB in use`] : []),
  ];
  if (words.length === 0) return [];
  const message = `${device} was not free when the run began, though the driver told of no process: ${words.join(", ")}`;
  const evidence = { device, utilizationPercent, memoryUsedMebibytes };
  return [{ code: "gpu-in-use", severity: "warning", message, evidence }];
}

function slowed({ device, throttleReasons = [], temperatureCelsius }: DeviceState): readonly Flag[] {
  const reasons = throttleReasons.filter((reason) => SLOWDOWNS.test(reason));
  if (reasons.length === 0) return [];
  const message = `the clocks of ${device} were held down when the run began: ${reasons.join(", ")}`;
  return [{ code: "throttled", severity: "warning", message, evidence: { device, reasons, temperatureCelsius } }];
}
