import { safeName } from "@ea/records";
import { stampAt } from "./wall-clock.ts";

/**
 * The name of a session by the original's directory: its stamp first, as in `20251126_224751_run`; without one that of its
 * first run, and the directory's name.
 */
export function importedSessionName(directory: string, firstWallMs: number | undefined): string {
  const [, before = "", stamp, after = ""] = /^(.*?)_?(\d{8}_\d{6})_?(.*)$/.exec(directory) ?? [];
  if (stamp !== undefined) return `${stamp}_${safeName([before, after].filter(Boolean).join("_")) || "imported"}`;
  return `${stampAt(firstWallMs ?? 0, 0)}_${safeName(directory) || "imported"}`;
}
