import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { RecordJson } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeProject, type Project, type Running, readJson } from "./project.ts";
import { type Process, processesOf } from "./tagged-processes.ts";

/** Kills of each victim: few by default; `EA_SOAK_ROUNDS=100` takes half an hour. */
const ROUNDS = Number(process.env["EA_SOAK_ROUNDS"] ?? 2);
const FAKES = ["energy-perf", "energy-nvsmi"].map((name) =>
  fileURLToPath(new URL(`../../../packages/${name}/test/fixtures/bin`, import.meta.url)),
);
const [PKG_WATTS, RAM_WATTS, GPU_WATTS] = [20, 5, 100];

/** What is left two seconds later: the watchdog looks once more after a normal end. */
async function leftOf(tag: string): Promise<readonly Process[]> {
  const endMs = performance.now() + 2000;
  let left = await processesOf(tag);
  while (left.length > 0 && performance.now() < endMs) {
    await sleep(50);
    left = await processesOf(tag);
  }
  return left;
}

const VICTIMS = {
  ea: "bin.js run",
  perf: "bin/perf stat",
  "nvidia-smi": "bin/nvidia-smi --query-gpu",
  training: "train.mjs",
} as const;
type Victim = keyof typeof VICTIMS;

/** Kills the victim with SIGKILL at a random moment of its training; returns how long the meters had run. */
async function killed(victim: Victim, tag: string): Promise<number> {
  const find = async (which: Victim): Promise<Process | undefined> =>
    (await processesOf(tag)).find(({ command }) => command.includes(VICTIMS[which]) && !command.includes("trap"));
  const since = (await until(() => find("training"), "the training")).startedMs;
  await sleep(300 + 2500 * Math.random());
  const { found } = await until(() => find(victim), victim);
  process.kill(found.pid, "SIGKILL");
  return (performance.now() - since) / 1000;
}

async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<{ found: T; startedMs: number }> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look();
    if (found !== undefined) return { found, startedMs: performance.now() };
    await sleep(25);
  }
  throw new Error(`${what} did not appear`);
}

const Parsed = z.object({
  energy_metrics: z.object({
    cpu_energy_pkg_joules: z.number().nullable(),
    gpu_energy_total_joules: z.number().nullable(),
  }),
});

describe("killed with SIGKILL at a random moment", () => {
  let project: Project;
  let tag = "";
  beforeEach(async () => {
    project = await makeProject();
    tag = `EA_TEST_ROUND=${randomUUID()}`;
  });
  afterEach(() => project.remove());

  const start = (timeout: string): Running => {
    const [name = "", value = ""] = tag.split("=");
    const path = [...FAKES, process.env["PATH"] ?? ""].join(":");
    const run = ["run", "-r", "tiny", "-m", "forever", "-mt", "epochs", "-mr", "0", "--no-sleep", "--json"];
    return project.start([...run, "--timeout", timeout], {
      [name]: value,
      PATH: path,
      FAKE_PERF_PKG_WATTS: String(PKG_WATTS),
      FAKE_PERF_RAM_WATTS: String(RAM_WATTS),
      FAKE_GPU_WATTS: String(GPU_WATTS),
    });
  };
  const recordOf = async (ea: Running): Promise<RecordJson> => {
    const { out, err } = await ea.finished;
    const [path]: string[] = JSON.parse(out === "" ? "{}" : out).records ?? [];
    if (path === undefined) throw new Error(err);
    return RecordJson.parse(await readJson(path));
  };
  const attemptDirectory = async (): Promise<string> => {
    const files = await readdir(join(project.path, "results"), { recursive: true });
    const raw = files.find((file) => file.endsWith("gpu_raw.csv"));
    if (raw === undefined) throw new Error(`no raw file among ${files.join(", ")}`);
    return join(project.path, "results", dirname(raw));
  };
  const rounds = Array.from({ length: ROUNDS }, (_, round) => round + 1);

  it.each(rounds)("ea leaves no process two seconds later, and its energy is found by ea parse (%i)", async () => {
    const ea = start("60");
    const seconds = await killed("ea", tag);
    await ea.finished;
    expect(await leftOf(tag)).toEqual([]);

    const { out, code } = await project.ea(["parse", await attemptDirectory(), "--json"]);
    expect(code).toBe(0);
    const { cpu_energy_pkg_joules: cpu, gpu_energy_total_joules: gpu } = Parsed.parse(JSON.parse(out)).energy_metrics;
    // perf completes an interval a second; the GPU's rows are fetched every two
    const most = (watts: number): number => watts * (seconds + 1.5);
    expect(cpu ?? 0).toBeLessThanOrEqual(most(PKG_WATTS));
    expect(cpu ?? 0).toBeGreaterThanOrEqual(PKG_WATTS * (seconds - 1.5));
    expect(gpu ?? 0).toBeLessThanOrEqual(most(GPU_WATTS));
    expect(gpu ?? 0).toBeGreaterThanOrEqual(GPU_WATTS * (seconds - 2.5));
  });

  it.each(rounds)("perf leaves the energy of its completed intervals, and the rest is whole (%i)", async () => {
    const ea = start("4.5");
    await killed("perf", tag);
    const { energy } = await recordOf(ea);
    const of = (name: string) => energy.find((quantity) => quantity.name === name);
    expect(of("cpu_package")).toMatchObject({ quality: expect.stringMatching(/^(?:partial|unavailable)$/) });
    expect(of("cpu_package")?.reason).toContain("SIGKILL");
    expect(of("gpu")?.quality).toBe("integrated");
    expect(await leftOf(tag)).toEqual([]);
  });

  it.each(rounds)("nvidia-smi leaves a part of the GPU's energy, and the rest is whole (%i)", async () => {
    const ea = start("4.5");
    await killed("nvidia-smi", tag);
    const { energy } = await recordOf(ea);
    const of = (name: string) => energy.find((quantity) => quantity.name === name);
    expect(of("gpu")).toMatchObject({ quality: expect.stringMatching(/^(?:partial|unavailable)$/) });
    expect(of("gpu")?.reason).toContain("SIGKILL");
    expect(of("cpu_package")?.quality).toBe("measured");
    expect(await leftOf(tag)).toEqual([]);
  });

  it.each(rounds)("the training is seen to have died of a signal, with its energy (%i)", async () => {
    const ea = start("60");
    const seconds = await killed("training", tag);
    const record = await recordOf(ea);
    expect(record).toMatchObject({ status: "failed", failure_class: "signal" });
    expect(record.attempts[0]).toMatchObject({ signal: "SIGKILL", exit_code: null });
    expect(record.duration_seconds).toBeLessThan(seconds + 2);
    expect(record.energy_metrics.cpu_energy_pkg_joules ?? 0).toBeGreaterThan(0.7 * PKG_WATTS * record.duration_seconds);
    expect(record.energy_metrics.gpu_energy_total_joules ?? 0).toBeGreaterThan(
      0.7 * GPU_WATTS * record.duration_seconds,
    );
    expect(await leftOf(tag)).toEqual([]);
  });
});
