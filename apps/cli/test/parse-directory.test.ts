import { mkdir, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { EnergyMetricsJson, RecordJson } from "@ea/records";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { makeProject, type Project, readJson } from "./project.ts";

const FAKES = ["energy-perf", "energy-nvsmi"].map((name) =>
  fileURLToPath(new URL(`../../../packages/${name}/test/fixtures/bin`, import.meta.url)),
);
const FAKE = {
  PATH: [...FAKES, process.env["PATH"] ?? ""].join(":"),
  FAKE_PERF_PKG_WATTS: "20",
  FAKE_PERF_RAM_WATTS: "5",
  FAKE_GPUS: "2",
  FAKE_GPU_WATTS: "100",
};
const TRAIN = ["run", "-r", "tiny", "-m", "forever", "-mt", "epochs", "--no-sleep"];
const Parsed = z.object({
  kind: z.literal("directory"),
  energy_metrics: EnergyMetricsJson,
  energy: z.array(z.object({ name: z.string(), value: z.number().nullable(), quality: z.string() })),
  original_sum: z.number().nullable(),
  files: z.record(z.string(), z.unknown()),
});

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project.remove());

async function parsed(directory: string): Promise<z.infer<typeof Parsed>> {
  const { code, out, err } = await project.ea(["parse", directory, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return Parsed.parse(JSON.parse(out));
}

describe("ea parse of an attempt", () => {
  let record: RecordJson;
  let document: z.infer<typeof Parsed>;
  beforeAll(async () => {
    const { out } = await project.ea([...TRAIN, "--timeout", "5", "--json"], FAKE);
    const { records } = z.object({ records: z.tuple([z.string()]) }).parse(JSON.parse(out));
    record = RecordJson.parse(await readJson(records[0]));
    document = await parsed(join(dirname(records[0]), "attempt_1"));
  });

  it.each(["cpu_energy_pkg_joules", "cpu_energy_ram_joules"] as const)("has the record's %s within 1 %%", (name) => {
    const recorded = record.energy_metrics[name] ?? Number.NaN;
    expect(Math.abs((document.energy_metrics[name] ?? Number.NaN) / recorded - 1)).toBeLessThan(0.01);
  });

  it("has the record's joules of the GPUs within 3 %, and their telemetry", () => {
    const { gpu_energy_total_joules: joules, ...rest } = document.energy_metrics;
    const recorded = record.energy_metrics.gpu_energy_total_joules ?? Number.NaN;
    expect(Math.abs((joules ?? Number.NaN) / recorded - 1)).toBeLessThan(0.03);
    expect(rest.gpu_power_avg_watts).toBeCloseTo(200, 6);
    expect(rest.gpu_temp_max_celsius).toBe(record.energy_metrics.gpu_temp_max_celsius);
    expect(rest.gpu_util_avg_percent).toBe(record.energy_metrics.gpu_util_avg_percent);
  });

  it("says what was read for what, and has the plain sum of all samples beside", () => {
    expect(Object.keys(document.files)).toEqual([
      "cpu_energy_raw.txt",
      "gpu_power.csv",
      "gpu_temperature.csv",
      "gpu_utilization.csv",
    ]);
    expect(document.original_sum).toBeGreaterThan(4 * (document.energy_metrics.gpu_energy_total_joules ?? 0));
  });
});

describe("ea parse of a session that was killed", () => {
  it("has the energy up to the last complete interval", async () => {
    const running = project.start([...TRAIN, "--results", "killed"], FAKE);
    await running.says("Writing to");
    const attempt = await attemptIn(join(project.path, "killed"));
    await sleep(3500);
    running.kill("SIGKILL");
    await running.finished;
    await sleep(2500);

    const { energy_metrics: metrics, energy, files } = await parsed(attempt);
    // perf was stopped by the watchdog or died: at least its two first seconds are complete
    expect(metrics.cpu_energy_pkg_joules).toBeGreaterThanOrEqual(38);
    expect(metrics.cpu_energy_pkg_joules).toBeLessThan(160);
    expect(metrics.gpu_energy_total_joules).toBeGreaterThanOrEqual(200);
    expect(metrics.gpu_power_max_watts).toBe(200);
    expect(energy.map(({ name }) => name).sort()).toEqual(["cpu_package", "dram", "gpu", "gpu"]);
    expect(Object.keys(files)).toContain("gpu_raw.csv");
  });
});

describe("ea parse of the original's energy directory", () => {
  it("integrates what it summed up, and reads its summary where perf's report is missing", async () => {
    await mkdir(join(project.path, "run/energy"), { recursive: true });
    await project.write("run/energy/cpu_energy.txt", "Package Energy (Joules): 34081.42\nRAM Energy (Joules): N/A\n");
    const rows = Array.from({ length: 11 }, (_, index) => `${1_763_303_098 + 3 * index},75.00\n`);
    await project.write("run/energy/gpu_power.csv", `timestamp,power_draw_w\n${rows.join("")}`);
    const { energy_metrics: metrics, original_sum } = await parsed("run");
    expect(metrics).toMatchObject({
      cpu_energy_pkg_joules: 34_081.42,
      cpu_energy_ram_joules: null,
      cpu_energy_total_joules: null,
      gpu_energy_total_joules: 2250,
    });
    expect(original_sum).toBe(825);
  });
});

/** The first attempt's directory, once its meters run: perf starts last. */
async function attemptIn(results: string): Promise<string> {
  for (let left = 200; left > 0; left -= 1) {
    const paths = await readdir(results, { recursive: true }).catch(() => []);
    const found = paths.find((path) => path.endsWith("attempt_1/cpu_energy_raw.txt"));
    if (found !== undefined) return join(results, dirname(found));
    await sleep(50);
  }
  throw new Error(`no attempt in ${results}`);
}
