import { realpathSync } from "node:fs";
import type { SlurmProfile } from "@ea/runner";

/** How `ea` is started on a node: as the profile says, or by the same files as here. */
export function nodeCommand({ ea }: SlurmProfile): readonly string[] {
  return ea ?? [process.execPath, realpathSync(process.argv[1] ?? "")];
}
