import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ImportReport } from "@ea/exchange";
import { toJsonText, writeFileAtomically } from "@ea/records";

/** Writes the report of an import beside its sessions: `import.json`, then `import.2.json`, `import.3.json` … */
export async function writeImportReport(results: string, report: ImportReport): Promise<string> {
  for (let count = 1; ; count += 1) {
    const path = join(results, count === 1 ? "import.json" : `import.${count}.json`);
    if (existsSync(path)) continue;
    await writeFileAtomically(path, toJsonText(report));
    return path;
  }
}
