import { readdir, readFile } from "node:fs/promises";

/** Ids of the live processes whose command line mentions `text`. */
export async function processesMentioning(text: string): Promise<number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")));
  return ids.filter((_, index) => lines[index]?.includes(text)).map(Number);
}
