import { cgroupState, endOrphans, findOrphans } from "@ea/runner";
import { advise } from "../doctor/advise.ts";
import { machineConditions } from "../doctor/conditions.ts";
import { doctorToJson } from "../doctor/doctor-json.ts";
import type { DoctorFlags } from "../doctor/doctor-options.ts";
import { type DoctorFindings, doctorReport, isReady } from "../doctor/doctor-report.ts";
import { confirmed, liveReading } from "../doctor/live-reading.ts";
import { endedOrphans, orphanProcesses } from "../doctor/orphan-processes.ts";
import { processTree } from "../doctor/process-tree.ts";
import { readMachine } from "../doctor/read-machine.ts";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { singleSources } from "../meters.ts";
import { tagSession } from "../session-tag.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";
import { probe } from "./probe.ts";

const LIVE_SECONDS = 2;

/** `ea doctor`: what can be measured here, what not, why, and the command that mends it. */
export async function doctor(flags: DoctorFlags, terminal: Terminal): Promise<number> {
  if (flags.probe !== undefined) return probe(flags, terminal);
  tagSession(terminal);
  const words = "Stopping: the meters are ended.";
  const { result, interruptedBy } = await interruptible(terminal, { words }, ({ signal }) =>
    examine(terminal, { signal, endsOrphans: flags["end-orphans"] === true }),
  );
  if (interruptedBy) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  terminal.out(
    flags.json ? `${JSON.stringify(doctorToJson(result, TOOL_VERSION), undefined, 2)}\n` : doctorReport(result),
  );
  if (!flags.json) terminal.err(`Next: ${isReady(result) ? "ea measure -- COMMAND" : nextFix(result)}\n`);
  return isReady(result) ? EXIT.ok : EXIT.notFit;
}

/** The first thing that helps; without one an estimate is all that there is here. */
function nextFix({ sources }: DoctorFindings): string {
  const fix = sources.find((source) => source.fix !== undefined)?.fix;
  return fix === undefined
    ? "ea measure -- COMMAND, for an estimate"
    : `${fix}; then ea doctor. Until then ea run records an estimate`;
}

async function examine(
  terminal: Terminal,
  { signal, endsOrphans }: { readonly signal: AbortSignal; readonly endsOrphans: boolean },
): Promise<DoctorFindings> {
  const orphans = findOrphans();
  const ended = endsOrphans && orphans.length > 0 ? await endOrphans() : undefined;
  const { environment } = terminal;
  const meters = singleSources(environment);
  const [facts, sources] = await Promise.all([
    readMachine(environment),
    Promise.all(meters.map((meter) => meter.probe())),
  ]);
  const devices = await Promise.all(meters.map(async (meter) => (await meter.inspect?.()) ?? []));
  const ready = meters.filter((_, index) => sources[index]?.status === "ready");
  const readings = await Promise.all(ready.map((meter) => liveReading(meter, LIVE_SECONDS, signal)));
  return {
    sources: sources.map((source) => advise(confirmed(source, readings), facts)),
    conditions: [
      ...machineConditions(facts, devices.flat()),
      processTree(cgroupState()),
      ...(ended ? endedOrphans(orphans, ended.survivors) : orphanProcesses(orphans)),
    ],
    readings,
  };
}
