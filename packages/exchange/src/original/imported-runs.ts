import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What an imported session's plan says about where its runs come from. */
const ImportedSession = z.looseObject({
  format: z.literal("green-deep-learning"),
  /** Directory of the session, relative to what was imported. */
  source: z.string(),
  runs: z.array(z.looseObject({ row: z.int().nonnegative(), source: z.string(), digest: z.string() })),
});

const PlanHead = z.looseObject({
  metadata: z.looseObject({ imported: ImportedSession.optional() }).nullable().optional(),
});

/** Runs that earlier imports have left. */
export interface ImportedRuns {
  /**
   * Takes one that is the same: the same two last names of its path, the same content. `changed` is one of the same path
   * whose content was another.
   */
  take(source: string, digest: string): "same" | "changed" | "new";
}

/** Reads what the sessions below a directory were imported from. */
export async function importedRuns(results: string): Promise<ImportedRuns> {
  const counts = new Map<string, number>();
  const digests = new Map<string, Set<string>>();
  for (const session of await readdir(results)) {
    for (const { source, digest } of await runsOf(join(results, session, "plan.json"))) {
      const key = keyOf(source, digest);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      digests.set(source, (digests.get(source) ?? new Set()).add(digest));
    }
  }
  return {
    take(source, digest) {
      const key = keyOf(source, digest);
      const left = counts.get(key) ?? 0;
      if (left > 0) {
        counts.set(key, left - 1);
        return "same";
      }
      const known = digests.get(source);
      return known && !known.has(digest) ? "changed" : "new";
    },
  };
}

async function runsOf(path: string): Promise<z.infer<typeof ImportedSession>["runs"]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw error;
  }
  if (!text.includes('"green-deep-learning"')) return [];
  return PlanHead.parse(JSON.parse(text)).metadata?.imported?.runs ?? [];
}

/** The same run is found below another directory too, as long as its session has kept its name. */
function keyOf(source: string, digest: string): string {
  return `${source.split("/").slice(-2).join("/")} ${digest}`;
}
