import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import { ENERGY_FILES } from "./energy-files.ts";
import type { OriginalFiles } from "./find-originals.ts";

/** Tells a run from every other one: SHA-256 of its record and of the sizes of its other files. */
export function runDigest(root: string, { logs, energy }: OriginalFiles, record: string): string {
  const hash = createHash("sha256").update(record);
  const directory = energy.at(-1)?.directory;
  const files = [...logs, ...(directory === undefined ? [] : ENERGY_FILES.map((name) => `${directory}/${name}`))];
  for (const file of files) {
    hash.update(`\n${file.split("/").at(-1)} ${sizeOf(join(root, file))}`);
  }
  return hash.digest("hex");
}

function sizeOf(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.size;
  } catch {
    return undefined; // told when the file is read
  }
}
