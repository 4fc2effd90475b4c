import { mkdir } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { isoWithOffset, toJsonText, writeFileAtomically } from "@ea/records";
import { IDLE_SECONDS } from "./defaults.ts";
import { IDLE_UNITS, type IdleBand } from "./idle-band.ts";

/** Makes the next of `idle_1`, `idle_2` … in the directory of a session or of a row. */
export async function makeIdleDirectory(parent: string): Promise<string> {
  await mkdir(parent, { recursive: true });
  for (let number = 1; ; number += 1) {
    const directory = join(parent, `idle_${number}`);
    try {
      await mkdir(directory);
      return directory;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

/** Writes `idle.json` beside the meters' raw files. */
export async function writeIdle(
  directory: string,
  { when, startedAt, bands }: { when: "before" | "after"; startedAt: Date; bands: readonly IdleBand[] },
): Promise<void> {
  const json = {
    schema_version: 1,
    when,
    host: hostname(),
    started_at: isoWithOffset(startedAt),
    seconds: IDLE_SECONDS,
    bands: bands.map(({ device, value, ...band }) => ({ ...band, device: device ?? null, unit: IDLE_UNITS[value] })),
  };
  await writeFileAtomically(join(directory, "idle.json"), toJsonText(json));
}
