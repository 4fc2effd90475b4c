import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { watchForeigners } from "../src/watch-foreigners.ts";
import { gpu, meter } from "./meters.ts";

/** A process that is there until the test ends, in a group of its own. */
async function living(): Promise<number> {
  const child = spawn("sleep", ["1000"], { detached: true });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  return child.pid ?? Number.NaN;
}

/** Watches a training with this process id while its GPU has these processes on it. */
async function watched(leader: number, pids: readonly number[]) {
  let looks = 0;
  const inspect = () => {
    looks += 1;
    return Promise.resolve([gpu(...pids)]);
  };
  const identity = { leader, tag: "EARUN_ATTEMPT=none" };
  const watching = watchForeigners({ meters: [meter({ inspect })], identity, firstLookMs: 1, lookMs: 20 });
  while (looks < 3) await sleep(5);
  watching.stop();
  return { flags: await watching.flags(), looks: () => looks };
}

test("the training's own processes are no foreigners", async () => {
  const training = await living();
  expect((await watched(training, [training])).flags).toEqual([]);
});

test("another one is told once, however often it was seen", async () => {
  const [training, other] = [await living(), await living()];
  expect((await watched(training, [training, other])).flags).toEqual([
    {
      code: "contaminated",
      severity: "error",
      message: `another process computed on the GPU during the run: pid ${other} (python) on GPU-1`,
      evidence: {
        processes: [{ device: "GPU-1", pid: other, name: "python", memoryMebibytes: 100 }],
        looks: 3,
        seenInLooks: 3,
        fractionOfTime: 1,
      },
    },
  ]);
});

test("a load that we run beside the training is no foreigner, and is told where it is", async () => {
  const [leader, load] = [await living(), await living()];
  const seen: unknown[] = [];
  let looks = 0;
  const inspect = () => {
    looks += 1;
    return Promise.resolve([gpu(leader, load)]);
  };
  const watching = watchForeigners({
    meters: [meter({ inspect })],
    identity: { leader, tag: "EARUN_ATTEMPT=none" },
    beside: { leader: load, tag: "EARUN_BACKGROUND=none" },
    onBeside: (processes) => seen.push(processes),
    firstLookMs: 1,
    lookMs: 20,
  });
  while (looks < 3) await sleep(5);
  watching.stop();
  expect(await watching.flags()).toEqual([]);
  expect(seen[0]).toEqual([{ device: "GPU-1", pid: load, name: "python", memoryMebibytes: 100 }]);
});

test("where a process on the GPU cannot be seen, nothing is told of the load", async () => {
  const leader = await living();
  const seen: unknown[] = [];
  let looks = 0;
  const inspect = () => {
    looks += 1;
    return Promise.resolve([gpu(2 ** 30)]);
  };
  const identity = { leader, tag: "EARUN_ATTEMPT=none" };
  const onBeside = (processes: unknown) => seen.push(processes);
  const watching = watchForeigners({ meters: [meter({ inspect })], identity, onBeside, firstLookMs: 1, lookMs: 20 });
  while (looks < 3) await sleep(5);
  watching.stop();
  await watching.flags();
  expect(seen).toEqual([]);
});

test("heat that holds the clocks down is told, with how often", async () => {
  const states = [{ ...gpu(), throttleReasons: ["sw_power_cap", "hw_thermal_slowdown"] }, gpu()];
  let looks = 0;
  const inspect = () => {
    looks += 1;
    return Promise.resolve(states.slice(Math.min(looks - 1, 1), 2));
  };
  const identity = { leader: await living(), tag: "EARUN_ATTEMPT=none" };
  const watching = watchForeigners({ meters: [meter({ inspect })], identity, firstLookMs: 1, lookMs: 20 });
  while (looks < 2) await sleep(5);
  watching.stop();
  expect(await watching.flags()).toMatchObject([
    {
      code: "throttled",
      evidence: { devices: { "GPU-1": ["hw_thermal_slowdown"] }, looks: 2, seenInLooks: 1, fractionOfTime: 0.5 },
    },
  ]);
});

test("what its looks cost is counted: it is none of the training's CPU time", async () => {
  const burn = "const end = process.cpuUsage().user + 2e5; while (process.cpuUsage().user < end);";
  const inspect = async () => {
    await once(spawn(process.execPath, ["-e", burn]), "close");
    return [gpu()];
  };
  const identity = { leader: await living(), tag: "EARUN_ATTEMPT=none" };
  const watching = watchForeigners({ meters: [meter({ inspect })], identity, firstLookMs: 1 });
  await sleep(50);
  watching.stop();
  await watching.flags();
  expect(watching.cpuSeconds()).toBeGreaterThanOrEqual(0.19);
});

test("a number that is no process here is the training's own, told as it is outside of the container", async () => {
  expect((await watched(await living(), [2 ** 30])).flags).toEqual([]);
});

test("after the stop nobody looks any more", async () => {
  const { looks } = await watched(await living(), []);
  const before = looks();
  await sleep(60);
  expect(looks()).toBe(before);
});

test("a look that fails leaves it unknown", async () => {
  const inspect = () => Promise.reject(new Error("no answer"));
  const identity = { leader: await living(), tag: "EARUN_ATTEMPT=none" };
  const watching = watchForeigners({ meters: [meter({ inspect })], identity, firstLookMs: 1 });
  await sleep(100);
  watching.stop();
  expect(await watching.flags()).toMatchObject([
    { code: "gate-blind", severity: "warning", message: expect.stringMatching(/not known: no answer$/) },
  ]);
});
