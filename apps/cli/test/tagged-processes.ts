import { readdir, readFile } from "node:fs/promises";

/** A live process and its command line. */
export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** Everything that carries the tag of a test in its environment. */
export async function processesOf(tag: string): Promise<readonly Process[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [environment = "", command = ""] = await Promise.all(
        ["environ", "cmdline"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "")),
      );
      return environment.includes(tag) ? [{ pid: Number(pid), command: command.replaceAll("\0", " ") }] : [];
    }),
  );
  return found.flat();
}
