import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AttemptJson, RecordJson } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project, processesWith, readJson } from "./project.ts";

/** Ends once as many of its like have begun as it is told, so that this many have run at once; tells its GPUs. */
const TRAIN = `
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
const seen = process.env.EARUN_SESSION_DIRECTORY + "/../seen";
mkdirSync(seen, { recursive: true });
writeFileSync(seen + "/" + process.pid, "");
console.log("gpus: " + process.env.CUDA_VISIBLE_DEVICES);
const timer = setInterval(() => {
  if (readdirSync(seen).length < Number(process.env.TOGETHER ?? 1)) return;
  clearInterval(timer);
  console.log("accuracy: 0.9");
}, 20);
`;

const RUN = ["run", "--repo", "tiny", "--model", "good", "--mutate", "epochs", "--seed", "1", "--no-sleep"] as const;
const GPUS = { ...FAKE_TOOLS, FAKE_GPUS: "2" };

const Result = z.looseObject({ directory: z.string(), completed: z.number(), records: z.array(z.string()) });

describe("ea run --slots", () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject();
    await project.write("repository/train.mjs", TRAIN);
  });
  afterEach(() => project.remove());

  const records = async (paths: readonly string[]): Promise<readonly RecordJson[]> =>
    Promise.all(paths.map(async (path) => RecordJson.parse(await readJson(path))));

  /** How many trainings have begun. */
  const seen = (): number => {
    const directory = join(project.path, "results/seen");
    return existsSync(directory) ? readdirSync(directory).length : 0;
  };

  it("trains on each GPU at the same time, measures each by its UUID, and gives no energy of the host", async () => {
    const { code, out, err } = await project.ea([...RUN, "--runs", "4", "--slots", "2", "--json"], {
      ...GPUS,
      TOGETHER: "2",
    });
    expect(err).toMatch(/2 slots: 0 with GPU-\S+; 1 with GPU-\S+/);
    expect(code).toBe(0);
    const result = Result.parse(JSON.parse(out));
    expect(result.completed).toBe(4);
    const all = await records(result.records);
    const devices = all.map(({ energy }) => energy.filter(({ name }) => name === "gpu").map(({ device }) => device));
    expect(devices.every(({ length }) => length === 1)).toBe(true);
    expect(new Set(devices.flat()).size).toBe(2);
    for (const [index, path] of result.records.entries()) {
      const log = await readFile(join(path, "../attempt_1/training.log"), "utf8");
      expect(log).toContain(`gpus: ${devices[index]?.[0] ?? "none"}`);
    }
    for (const { energy, energy_metrics: metrics } of all) {
      const cpu = energy.find(({ name }) => name === "cpu_package");
      expect(cpu).toMatchObject({
        value: null,
        quality: "unavailable",
        reason: expect.stringContaining("host shared"),
      });
      expect(metrics.cpu_energy_pkg_joules).toBeNull();
    }
    expect(all.flatMap(({ flags }) => flags)).toContainEqual(
      expect.objectContaining({ code: "shared-host", severity: "warning" }),
    );
  });

  it("a run that is trained once more alone tells what the slots have cost", async () => {
    const { out, err } = await project.ea([...RUN, "--runs", "3", "--slots", "2", "--isolated", "1", "--json"], GPUS);
    const { directory } = Result.parse(JSON.parse(out));
    const compared = z.object({ beside_others: z.number(), alone: z.number(), bias: z.number() });
    const schema = z.looseObject({
      runs: z.array(z.looseObject({ row: z.int(), gpu_joules: compared, duration_seconds: compared })),
    });
    const { runs } = schema.parse(await readJson(join(directory, "isolated.json")));
    expect(runs).toHaveLength(1);
    expect(err).toMatch(/Beside others, runs took .* % GPU energy \(n = 1\), .* % time \(n = 1\)/);
    const alone = AttemptJson.parse(await readJson(join(directory, "isolated_1/attempt_1/attempt.json")));
    expect(alone.energy.find(({ name }) => name === "cpu_package")?.reason ?? "").not.toContain("host shared");
  });

  it("trainings that use no GPU run in slots as well", async () => {
    const { code, out } = await project.ea([...RUN, "--runs", "3", "--slots", "3", "--json"], { TOGETHER: "3" });
    expect(code).toBe(0);
    expect(Result.parse(JSON.parse(out)).completed).toBe(3);
  });

  it("a GPU that somebody else computes on is refused, and nothing is written", async () => {
    const { code, err } = await project.ea([...RUN, "--runs", "2", "--slots", "2"], {
      ...GPUS,
      FAKE_GPU_APPS: "GPU-00000000-0000-4000-8000-000000000001, 4321, /usr/bin/other, 100",
    });
    expect(code).toBe(3);
    expect(err).toContain("2 slots of 1 GPU need 2, 1 are free");
    expect(err).toContain("pid 4321");
    expect(existsSync(join(project.path, "results"))).toBe(false);
  });

  it("SIGTERM ends every slot cleanly, and the rest runs in slots later", async () => {
    const running = project.start([...RUN, "--runs", "3", "--slots", "2"], { TOGETHER: "99" });
    await running.says("[slot 0]");
    await expect.poll(() => seen(), { timeout: 30_000 }).toBe(2);
    running.kill("SIGTERM");
    expect((await running.finished).code).toBe(143);
    const [session = ""] = readdirSync(join(project.path, "results")).filter((name) => name !== "seen");
    const { code, out } = await project.ea(["run", "--plan", session, "--slots", "2", "--json"]);
    expect(code).toBe(0);
    expect(Result.parse(JSON.parse(out)).completed).toBe(3);
  });

  it("where ea itself is killed, no slot and no training goes on", async () => {
    const running = project.start([...RUN, "--runs", "3", "--slots", "2"], { TOGETHER: "99" });
    await expect.poll(() => seen(), { timeout: 30_000 }).toBe(2);
    running.kill("SIGKILL");
    await running.finished;
    await expect.poll(() => processesWith(project.path), { timeout: 30_000 }).toEqual([]);
  });

  it.each([
    [["--slots", "0"], "--slots: expected a positive integer"],
    [["--slots", "two"], '--slots: expected a positive integer, found "two"'],
    [["--isolated", "1"], "--isolated: expected beside --slots of at least 2"],
    [["--gpus-per-run", "1"], "--gpus-per-run: expected beside --slots of at least 2"],
    [["--slots", "2", "--max-joules", "5"], "--max-joules: expected without --slots"],
    [["--slots", "9", "--gpus-per-run", "1"], "9 slots of 1 GPU need 9"],
  ])("%j is refused", async (flags, message) => {
    const { code, err } = await project.ea([...RUN, ...flags], GPUS);
    expect([2, 3]).toContain(code);
    expect(err).toContain(message);
  });
});
