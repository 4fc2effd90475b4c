import { readdir, readFile } from "node:fs/promises";

/** Ids of live processes of this test (they have `tag` in their environment) whose command line contains the text. */
export async function processesMentioning(text: string, tag: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, "utf8").catch(() => "");
      const [command, environment] = await Promise.all([read("cmdline"), read("environ")]);
      return command.includes(text) && environment.includes(tag) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}
