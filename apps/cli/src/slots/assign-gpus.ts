import type { DeviceState } from "@ea/energy";
import { RunnerError } from "@ea/runner";
import type { SlotsRequest } from "./slots-request.ts";

/**
 * The UUIDs of the GPUs of each slot, in the order in which they are listed. GPUs that other processes compute on are
 * refused; empty sets where trainings use none.
 *
 * @throws {RunnerError} `NOT_FIT` when there are too few that are free, with who has the others.
 */
export function assignGpus(
  devices: readonly DeviceState[],
  { slots, gpusPerRun = devices.length > 0 ? 1 : 0 }: Pick<SlotsRequest, "slots" | "gpusPerRun">,
): readonly (readonly string[])[] {
  const taken = devices.filter(({ processes }) => processes !== undefined && processes.length > 0);
  const free = devices.filter((device) => !taken.includes(device));
  const wanted = slots * gpusPerRun;
  if (free.length < wanted) {
    const lines = taken.map(({ device, processes = [] }) => {
      const who = processes.map(({ pid, name }) => `${name ?? "a process"} (pid ${pid})`).join(", ");
      return `  ${device} is used by ${who}`;
    });
    const needs = `${slots} slots of ${gpusPerRun} GPU${gpusPerRun === 1 ? "" : "s"} need ${wanted}, ${free.length} are free`;
    throw new RunnerError("NOT_FIT", [needs, ...lines].join("\n"));
  }
  return Array.from({ length: slots }, (_, slot) =>
    free.slice(slot * gpusPerRun, (slot + 1) * gpusPerRun).map(({ device }) => device),
  );
}
