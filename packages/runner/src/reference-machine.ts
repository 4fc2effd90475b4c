import { readFile } from "node:fs/promises";
import { cpus, hostname } from "node:os";
import { join } from "node:path";
import type { DeviceState } from "@ea/energy";
import { createFile, type Flag, toJsonText } from "@ea/records";
import { z } from "zod";
import { differences, differenceText } from "./differences.ts";

/** `machine.json` of a session: models of the host that its first row ran on. */
const MachineJson = z.looseObject({
  host: z.string(),
  cpu_model: z.string().nullable(),
  cpu_threads: z.int(),
  gpus: z.array(z.string()),
});
type MachineJson = z.infer<typeof MachineJson>;

/**
 * Compares this host with the one that the first row of a session ran on, which the first process writes down: rows of
 * other models of CPU or GPU are flagged, as their energies cannot be compared.
 */
export async function otherMachineFlags(directory: string, devices: readonly DeviceState[]): Promise<readonly Flag[]> {
  const here = machineHere(devices);
  const first = await firstMachine(join(directory, "machine.json"), here);
  const changes = differences(modelsOf(first), modelsOf(here));
  if (changes.length === 0) return [];
  const texts = changes.map(differenceText);
  const message = `${here.host} is another machine than ${first.host}, where the session began: ${texts.join("; ")}`;
  return [{ code: "other-machine", severity: "warning", message, evidence: { first: first.host, changes: texts } }];
}

function machineHere(devices: readonly DeviceState[]): MachineJson {
  const processors = cpus();
  return {
    host: hostname(),
    cpu_model: processors[0]?.model ?? null,
    cpu_threads: processors.length,
    gpus: devices.map(({ model }) => model ?? "unknown").toSorted((a, b) => (a < b ? -1 : 1)),
  };
}

function modelsOf({ cpu_model, cpu_threads, gpus }: MachineJson): unknown {
  return { cpu_model, cpu_threads, gpus };
}

async function firstMachine(path: string, here: MachineJson): Promise<MachineJson> {
  try {
    await createFile(path, toJsonText({ schema_version: 1, ...here }));
    return here;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    return MachineJson.parse(JSON.parse(await readFile(path, "utf8")));
  }
}
