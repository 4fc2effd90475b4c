import { spawnSync } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, type TestContext } from "vitest";
import { type Chaos, makeChaos, until } from "./chaos-project.ts";

/** Of each kind: one by default, in half a minute; `EA_CHAOS_ROUNDS=100` takes half an hour or more. */
const ROUNDS = Number(process.env["EA_CHAOS_ROUNDS"] ?? 1);
const rounds = Array.from({ length: ROUNDS }, (_, round) => round + 1);
const canMount = process.getuid?.() === 0 && spawnSync("unshare", ["-m", "true"]).status === 0;
const why = canMount ? "" : " (skipped: may not mount)";

const begin = async ({ onTestFinished }: TestContext, options = {}): Promise<Chaos> => {
  const chaos = await makeChaos(options);
  onTestFinished(chaos.end);
  return chaos;
};
const someTime = (most: number): Promise<void> => sleep(most * Math.random());

describe.concurrent("a session is finished by ea resume, each row once, with every file whole and nothing left running,", () => {
  it.for(rounds)("after ea was killed, again and again, and its meters with it (%i)", async (_, context) => {
    const { startRun, startResume, planned, faultsOnceResumed } = await begin(context, { hasMeters: true });
    let ea = startRun();
    const directory = await planned();
    for (let kills = 0; kills < 3; kills += 1) {
      await someTime(1500);
      ea.kill("SIGKILL");
      await ea.finished;
      ea = startResume(directory);
    }
    ea.kill("SIGKILL");
    expect(await faultsOnceResumed(directory)).toEqual([]);
  });

  it.for(rounds)("after ea and its watchdog were killed, and the training lived on (%i)", async (_, context) => {
    const { startRun, planned, victims, signal, faultsOnceResumed } = await begin(context);
    const ea = startRun();
    const directory = await planned();
    await victims("training");
    await signal("watchdog", "SIGKILL");
    ea.kill("SIGKILL");
    await ea.finished;
    expect(await faultsOnceResumed(directory)).toEqual([]);
  });

  it.for(rounds)("after training and meters were killed (%i)", async (_, context) => {
    const { startRun, planned, signal, victims, faultsOnceResumed } = await begin(context, { hasMeters: true });
    const ea = startRun();
    const directory = await planned();
    await victims("perf");
    for (const victim of ["perf", "gpu", "training"] as const) {
      await someTime(400);
      await signal(victim, "SIGKILL");
    }
    await ea.finished;
    expect(await faultsOnceResumed(directory, "--retry-failed")).toEqual([]);
  });

  it.for(rounds)(
    "after ea and training stood still for a while, and another ea came along (%i)",
    async (_, context) => {
      const { startRun, startResume, planned, signal, faultsOnceResumed } = await begin(context);
      const ea = startRun();
      const directory = await planned();
      await someTime(1000);
      await signal("ea", "SIGSTOP");
      await signal("training", "SIGSTOP");
      const other = await startResume(directory).finished;
      expect([0, 4]).toContain(other.code);
      await signal("training", "SIGCONT");
      await signal("ea", "SIGCONT");
      await ea.finished;
      expect(await faultsOnceResumed(directory)).toEqual([]);
    },
  );

  it.for(rounds)("after its training was stopped for good, and found to be stalled (%i)", async (_, context) => {
    const { startRun, planned, victims, signal, faultsOnceResumed } = await begin(context);
    const ea = startRun("--stall", "1");
    const directory = await planned();
    await victims("training");
    await signal("training", "SIGSTOP");
    await ea.finished;
    expect(await faultsOnceResumed(directory, "--retry-failed")).toEqual([]);
  });

  it.for(rounds)("after ea alone stood still while its training ended (%i)", async (_, context) => {
    const { startRun, planned, victims, signal, faultsOnceResumed } = await begin(context);
    const ea = startRun();
    const directory = await planned();
    await victims("training");
    await signal("ea", "SIGSTOP");
    await someTime(1000);
    await signal("ea", "SIGCONT");
    await ea.finished;
    expect(await faultsOnceResumed(directory)).toEqual([]);
  });

  it.for(rounds)("while three ea work on it and one of them is killed (%i)", async (_, context) => {
    const { startRun, startResume, planned, faultsOnceResumed } = await begin(context);
    const first = startRun();
    const directory = await planned();
    const others = [startResume(directory), startResume(directory)];
    await someTime(2000);
    first.kill("SIGKILL");
    await Promise.all([first, ...others].map(({ finished }) => finished));
    expect(await faultsOnceResumed(directory)).toEqual([]);
  });

  it.for(rounds)(
    "unless ea was killed before its plan was there, and then nothing has run (%i)",
    async (_, context) => {
      const { results, startRun, startResume, faults } = await begin(context);
      const ea = startRun();
      const name = await until("a session", async () => (await readdir(results).catch((): string[] => []))[0]);
      ea.kill("SIGKILL");
      await ea.finished;
      const { code, err } = await startResume(name).finished;
      const hasPlan = (await readdir(join(results, name))).includes("plan.json");
      const wrong = hasPlan ? await faults(join(results, name)) : /nothing of it has run/.test(err) ? [] : [err];
      expect({ code, wrong }).toEqual({ code: hasPlan ? 0 : 2, wrong: [] });
    },
  );

  it.skipIf(!canMount)(`after the disk was full${why}`, async (context) => {
    const { results, startRun, faultsOnceResumed } = await begin(context);
    const remount = await mount(context, results, "size=52k");
    const { code, err } = await startRun().finished;
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("ENOSPC") });
    remount("size=64m");
    const [name = ""] = await readdir(results);
    expect(await faultsOnceResumed(join(results, name))).toEqual([]);
  });

  it.skipIf(!canMount)(`after its directory was read-only${why}`, async (context) => {
    const { results, startRun, startResume, planned, faultsOnceResumed } = await begin(context);
    const remount = await mount(context, results, "size=64m");
    const ea = startRun();
    const directory = await planned();
    ea.kill("SIGINT");
    await ea.finished;
    remount("ro");
    const { code, err } = await startResume(directory).finished;
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("is not writable") });
    remount("rw");
    expect(await faultsOnceResumed(directory)).toEqual([]);
  });
});

/** Mounts a file system in memory for one test. */
async function mount(
  { onTestFinished }: TestContext,
  path: string,
  options: string,
): Promise<(options: string) => void> {
  await mkdir(path);
  const run = (...args: readonly string[]): void => expect(spawnSync("mount", [...args, path]).status).toBe(0);
  run("-t", "tmpfs", "-o", options, "tmpfs");
  onTestFinished(() => void spawnSync("umount", ["-l", path]));
  return (more) => run("-o", `remount,${more}`);
}
