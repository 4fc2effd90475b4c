import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { ENERGY_FILES } from "./energy-files.ts";
import type { OriginalFiles } from "./find-originals.ts";

/** Tells a run from every other one: SHA-256 of its record and of the sizes of its other files. */
export async function runDigest(root: string, { logs, energy }: OriginalFiles, record: string): Promise<string> {
  const hash = createHash("sha256").update(record);
  const directory = energy.at(-1)?.directory;
  const files = [...logs, ...(directory === undefined ? [] : ENERGY_FILES.map((name) => `${directory}/${name}`))];
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(root, file)).then(
        ({ size }) => size,
        () => "none", // told when the file is read
      ),
    ),
  );
  for (const [index, file] of files.entries()) hash.update(`\n${file.split("/").at(-1)} ${sizes[index]}`);
  return hash.digest("hex");
}
