import { spawnSync } from "node:child_process";
import { getEventListeners } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import { type CommandProcess, superviseCommand } from "../src/supervise.ts";
import { newTag, tagged, until, untilWritten } from "./processes.ts";
import { put, temporaryDirectory } from "./temporary.ts";

/** What a shell script needs to be supervised, and where it writes. */
async function training(script: string, fields: Partial<CommandProcess> = {}) {
  const directory = await temporaryDirectory();
  const logPath = join(directory, "training.log");
  const log = await open(logPath, "ax");
  onTestFinished(() => log.close());
  const tag = newTag();
  const supervised: CommandProcess = {
    file: "/bin/sh",
    args: ["-c", script],
    workingDirectory: directory,
    environment: { PATH: process.env["PATH"] },
    tag,
    stdio: ["ignore", log.fd, log.fd],
    timeoutSeconds: 3600,
    ...fields,
  };
  return { training: supervised, directory, tag, logPath, readLog: () => readFile(logPath, "utf8") };
}

const IGNORE_TERM = "trap '' TERM; echo ready; while :; do sleep 1000; done";

describe("a training that ends by itself", () => {
  it("has its exit code, and nothing is left to sweep", async () => {
    const exit = await superviseCommand((await training("exit 3")).training);
    expect(exit).toMatchObject({ exitCode: 3, signal: undefined, endedBy: undefined, spawnError: undefined });
    expect(exit.durationSeconds).toBeGreaterThan(0);
    expect(await exit.sweep()).toEqual({ ended: 0, survivors: [] });
  });

  it("has the signal that killed it", async () => {
    const exit = await superviseCommand((await training("kill -SEGV $$")).training);
    expect(exit).toMatchObject({ exitCode: undefined, signal: "SIGSEGV", endedBy: undefined });
  });

  it("has the CPU seconds of itself and of the children it waited for", async () => {
    const busy = "const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);";
    const exit = await superviseCommand((await training(`'${process.execPath}' -e '${busy}'; true`)).training);
    expect(exit.cpuSeconds).toBeGreaterThanOrEqual(0.29);
  });

  it("writes stdout and stderr to the file descriptor, in order", async () => {
    const { training: supervised, readLog } = await training("echo one; echo two >&2; echo three");
    await superviseCommand(supervised);
    expect(await readLog()).toBe("one\ntwo\nthree\n");
  });

  it("finds an empty standard input", async () => {
    const { training: supervised, readLog } = await training("cat; echo end");
    expect(await superviseCommand(supervised)).toMatchObject({ exitCode: 0 });
    expect(await readLog()).toBe("end\n");
  });

  it("gets the environment, the tag, the directory, and its arguments as they are", async () => {
    const { training: supervised, directory, tag, readLog } = await training("");
    const args = ["-c", 'pwd; echo "$A $EARUN_ATTEMPT"; printf "%s\\n" "$@"', "sh", "a b", "$(x)", "", "'\""];
    await superviseCommand({ ...supervised, args, environment: { A: "a" } });
    expect(await readLog()).toBe(`${directory}\na ${tag.value}\na b\n$(x)\n\n'"\n`);
  });

  it("is not waited for by its pipes: a child that keeps the output open does not hold it up", async () => {
    const { training: supervised, tag } = await training("sleep 1000 & exit 0");
    const exit = await superviseCommand(supervised);
    expect(exit.exitCode).toBe(0);
    expect(await exit.sweep()).toEqual({ ended: 1, survivors: [] });
    expect(tagged(tag)).toEqual([]);
  });

  it("takes with it a grandchild that left its session and ignores SIGTERM", async () => {
    const { training: supervised, tag } = await training(
      "setsid sh -c \"trap '' TERM; echo > started; exec sleep 1000\" & while [ ! -e started ]; do sleep 0.01; done",
    );
    const exit = await superviseCommand(supervised);
    expect(tagged(tag)).toHaveLength(1);
    expect(await exit.sweep()).toEqual({ ended: 1, survivors: [] });
    expect(tagged(tag)).toEqual([]);
  });
});

describe("a training that stalls", () => {
  it.each([
    ["waits", "echo begins; sleep 1000"],
    ["is stopped", "kill -STOP $$"],
    ["waits for a child that does", "sh -c 'sleep 1000' & wait"],
  ])("%s: it is ended", async (_, script) => {
    const { training: supervised, tag } = await training(script);
    const [, outputFd] = supervised.stdio;
    const stall = { stallSeconds: 0.4, outputFd: Number(outputFd) };
    const exit = await superviseCommand({ ...supervised, stall, graceSeconds: 0.2 });
    expect(exit.endedBy).toBe("stall");
    await exit.sweep();
    expect(tagged(tag)).toEqual([]);
  });

  it.each([
    ["writes", "for i in 1 2 3 4 5 6 7 8; do echo $i; sleep 0.2; done"],
    ["computes", `'${process.execPath}' -e 'const end = Date.now() + 1600; while (Date.now() < end);'`],
  ])("but not one that %s", async (_, script) => {
    const { training: supervised } = await training(script);
    const [, outputFd] = supervised.stdio;
    const exit = await superviseCommand({ ...supervised, stall: { stallSeconds: 1, outputFd: Number(outputFd) } });
    expect(exit).toMatchObject({ exitCode: 0, endedBy: undefined });
  });
});

describe("a command that is no training", () => {
  const groupOf = (pid: number | string): string => readFileSync(`/proc/${pid}/stat`, "latin1").split(" ")[4] ?? "";

  it("may stay in the foreground: in our process group, so that the keys of the terminal reach it", async () => {
    const { training: command, readLog } = await training("cut -d' ' -f5 /proc/$$/stat", { isForeground: true });
    await superviseCommand(command);
    expect((await readLog()).trim()).toBe(groupOf("self"));
  });

  it("is ended and swept there as well", async () => {
    const stopping = new AbortController();
    const onStart = (): void => stopping.abort();
    const fields = { isForeground: true, signal: stopping.signal, graceSeconds: 0.1, onStart };
    const { training: command, tag } = await training(`${IGNORE_TERM} & ${IGNORE_TERM}`, fields);
    const exit = await superviseCommand(command);
    expect(exit.endedBy).toBe("interrupt");
    await exit.sweep();
    expect(tagged(tag)).toEqual([]);
  });

  it("may read, and may write its two streams to two places", async () => {
    const directory = await temporaryDirectory();
    const input = await open(await put(join(directory, "in"), "hello\n"), "r");
    const output = await open(join(directory, "out"), "ax");
    onTestFinished(async () => {
      await input.close();
      await output.close();
    });
    const stdio = [input.fd, output.fd, "ignore"] as const;
    const { training: command } = await training("cat; echo lost >&2", { stdio, timeoutSeconds: undefined });
    expect(await superviseCommand(command)).toMatchObject({ exitCode: 0 });
    expect(await readFile(join(directory, "out"), "utf8")).toBe("hello\n");
  });
});

describe("a training that cannot be started", () => {
  const spawnErrorOf = async (fields: Partial<CommandProcess>) => {
    const exit = await superviseCommand((await training("", fields)).training);
    expect(exit).toMatchObject({ exitCode: undefined, signal: undefined, endedBy: undefined, cpuSeconds: undefined });
    expect(await exit.sweep()).toEqual({ ended: 0, survivors: [] });
    return exit.spawnError;
  };

  it("because there is no such program", async () => {
    expect(await spawnErrorOf({ file: "/nowhere/train" })).toMatchObject({ code: "ENOENT" });
  });

  it("because it is not executable", async () => {
    const file = await put(join(await temporaryDirectory(), "train.sh"), "exit 0\n", 0o644);
    expect(await spawnErrorOf({ file })).toMatchObject({ code: "EACCES" });
  });

  it("because there is no such directory", async () => {
    expect(await spawnErrorOf({ workingDirectory: "/nowhere" })).toMatchObject({ code: "ENOENT" });
  });

  it("because an argument holds a NUL byte", async () => {
    expect(await spawnErrorOf({ args: ["-c", "exit 0", "\0"] })).toMatchObject({ code: "ERR_INVALID_ARG_VALUE" });
  });

  it("because its arguments are too long", async () => {
    expect(await spawnErrorOf({ args: ["-c", "exit 0", "x".repeat(2 ** 22)] })).toMatchObject({ code: "E2BIG" });
  });
});

describe("a training that runs out of time", () => {
  it("is ended", async () => {
    const { training: supervised, tag } = await training("sleep 1000", { timeoutSeconds: 0.2 });
    const exit = await superviseCommand(supervised);
    expect(exit).toMatchObject({ endedBy: "timeout", signal: "SIGTERM" });
    await exit.sweep();
    expect(tagged(tag)).toEqual([]);
  });

  it("is killed with its children when they ignore SIGTERM", async () => {
    const { training: supervised, tag } = await training(`${IGNORE_TERM} & ${IGNORE_TERM}`, {
      timeoutSeconds: 1,
      graceSeconds: 0.1,
    });
    const exit = await superviseCommand(supervised);
    expect(exit).toMatchObject({ endedBy: "timeout", signal: "SIGKILL" });
    expect((await exit.sweep()).survivors).toEqual([]);
    expect(tagged(tag)).toEqual([]);
  });

  it("may take longer than a timer of node can be", async () => {
    const exit = await superviseCommand((await training("sleep 0.1", { timeoutSeconds: 1e9 })).training);
    expect(exit).toMatchObject({ exitCode: 0, endedBy: undefined });
  });
});

describe("a training that is interrupted", () => {
  it("may end on its own terms within the grace period", async () => {
    const stopping = new AbortController();
    const {
      training: supervised,
      logPath,
      readLog,
    } = await training("trap 'echo saved; exit 0' TERM; echo ready; while :; do sleep 0.05; done", {
      signal: stopping.signal,
    });
    const running = superviseCommand(supervised);
    await untilWritten(logPath);
    stopping.abort();
    expect(await running).toMatchObject({ exitCode: 0, signal: undefined, endedBy: "interrupt" });
    expect(await readLog()).toContain("saved");
  });

  it("is killed at once when asked again", async () => {
    const [stopping, killing] = [new AbortController(), new AbortController()];
    const {
      training: supervised,
      logPath,
      tag,
    } = await training(IGNORE_TERM, {
      signal: stopping.signal,
      killSignal: killing.signal,
      graceSeconds: 3600,
    });
    const running = superviseCommand(supervised);
    await untilWritten(logPath);
    stopping.abort();
    killing.abort();
    const exit = await running;
    expect(exit).toMatchObject({ signal: "SIGKILL", endedBy: "interrupt" });
    await exit.sweep();
    expect(tagged(tag)).toEqual([]);
  });

  it("before it was started, is not started", async () => {
    const { training: supervised, directory } = await training("echo > started", { signal: AbortSignal.abort() });
    const exit = await superviseCommand(supervised);
    expect(exit).toMatchObject({
      endedBy: "interrupt",
      exitCode: undefined,
      spawnError: undefined,
      durationSeconds: 0,
    });
    expect(await exit.sweep()).toEqual({ ended: 0, survivors: [] });
    expect(existsSync(join(directory, "started"))).toBe(false);
  });
});

test("no training leaves a listener on the signals", async () => {
  const { signal } = new AbortController();
  await superviseCommand((await training("exit 0", { signal, killSignal: signal })).training);
  await superviseCommand((await training("", { file: "/nowhere", signal })).training);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("needs no prlimit", async () => {
  const { training: supervised } = await training("exit 3");
  vi.stubEnv("PATH", "/nowhere");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await superviseCommand(supervised)).toMatchObject({ exitCode: 3, spawnError: undefined });
});

const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;
const why = hasPrlimit ? "" : " (skipped: no prlimit)";

test.skipIf(!hasPrlimit)(`a daemon that cleared its environment and closed its files is swept${why}`, async () => {
  const name = `sleep ${10_000_000 + Math.floor(Math.random() * 1_000_000)}`;
  const daemon = `setsid -f env -i /bin/sh -c "trap '' TERM; exec ${name}" </dev/null >/dev/null 2>&1`;
  const exit = await superviseCommand((await training(`cd /; ${daemon}; sleep 0.2`)).training);
  const running = (): boolean => spawnSync("pgrep", ["-fx", name]).status === 0;
  await until("the daemon runs", running);
  expect(await exit.sweep()).toEqual({ ended: 1, survivors: [] });
  expect(running()).toBe(false);
});
