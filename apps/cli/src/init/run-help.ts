import { randomUUID } from "node:crypto";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join } from "node:path";
import { measureCommand } from "@ea/runner";
import { interruptible } from "../interruptible.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

const TIMEOUT_SECONDS = 60;
const MAX_CHARACTERS = 1_000_000;

/**
 * What a script prints for `--help`; it and everything that it starts has ended when this resolves.
 *
 * @throws {UsageError} when it cannot be started, does not end, or prints nothing.
 */
export async function runHelp(script: string, terminal: Terminal): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ea-init-"));
  const path = join(directory, "help.txt");
  const output = await open(path, "w");
  try {
    const [file, ...args] = commandOf(script);
    const words = "Stopping: the script is ended.";
    const { result } = await interruptible(terminal, { words }, ({ signal, killSignal }) =>
      measureCommand(
        {
          file,
          args,
          workingDirectory: dirname(script),
          environment: { ...terminal.environment, COLUMNS: "200", NO_COLOR: "1" },
          tag: { name: "EARUN_ATTEMPT", value: randomUUID() },
          stdio: ["ignore", output.fd, output.fd],
          timeoutSeconds: TIMEOUT_SECONDS,
          signal,
          killSignal,
        },
        { meters: [], directory },
      ),
    );
    const { exitCode, endedBy, spawnError } = result.exit;
    const text = (await readFile(path, "utf8")).slice(0, MAX_CHARACTERS);
    const how = spawnError?.message ?? endedBy ?? `exit code ${exitCode}`;
    if (spawnError || endedBy || text.trim() === "" || exitCode !== 0) {
      throw new UsageError(
        `${script} --help: expected help, found ${how}${text === "" ? "" : `:\n${text.slice(-500)}`}`,
      );
    }
    return text;
  } finally {
    await output.close();
    await rm(directory, { recursive: true });
  }
}

function commandOf(script: string): readonly [file: string, ...args: string[]] {
  const name = `./${basename(script)}`;
  const extension = extname(script);
  if (extension === ".py") return ["python3", name, "--help"];
  if (extension === ".sh") return ["bash", name, "--help"];
  return /^\.[cm]?js$/.test(extension) ? [process.execPath, name, "--help"] : [script, "--help"];
}
