import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { RecordJson } from "@ea/records";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProject, type Project, readJson } from "./project.ts";

const FAKES = ["energy-perf", "energy-nvsmi"].map((name) =>
  fileURLToPath(new URL(`../../../packages/${name}/test/fixtures/bin`, import.meta.url)),
);

describe("ea run beside perf and nvidia-smi", () => {
  let project: Project;
  let record: RecordJson;
  let attempt: string;
  beforeAll(async () => {
    project = await makeProject();
    const path = [...FAKES, process.env["PATH"] ?? ""].join(":");
    const { out, err } = await project.ea(
      ["run", "-r", "tiny", "-m", "forever", "-mt", "epochs", "--timeout", "2.5", "--no-sleep", "--json"],
      { PATH: path, FAKE_PERF_PKG_WATTS: "20", FAKE_PERF_RAM_WATTS: "5", FAKE_GPUS: "2", FAKE_GPU_WATTS: "100" },
    );
    const [first]: string[] = JSON.parse(out === "" ? "{}" : out).records ?? [];
    if (first === undefined) throw new Error(err);
    record = RecordJson.parse(await readJson(first));
    attempt = join(dirname(first), "attempt_1");
  });
  afterAll(() => project.remove());

  const near = (value: number | null | undefined, expected: number): void => {
    expect(value).toBeGreaterThan(expected * 0.85);
    expect(value).toBeLessThan(expected * 1.15);
  };

  it("has the joules of package and DRAM, and their sum", () => {
    const {
      cpu_energy_pkg_joules: pkg,
      cpu_energy_ram_joules: ram,
      cpu_energy_total_joules: total,
    } = record.energy_metrics;
    near(pkg, 20 * record.duration_seconds);
    near(ram, 5 * record.duration_seconds);
    expect(total).toBeCloseTo((pkg ?? 0) + (ram ?? 0), 9);
  });

  it("has the joules of both GPUs, and the power of their sum", () => {
    const gpus = record.energy.filter(({ name }) => name === "gpu");
    expect(gpus).toHaveLength(2);
    for (const gpu of gpus) near(gpu.value, 100 * record.duration_seconds);
    near(record.energy_metrics.gpu_energy_total_joules, 200 * record.duration_seconds);
    near(record.energy_metrics.gpu_power_avg_watts, 200);
  });

  it("says how each value came about and how sure it is", () => {
    for (const { name, quality, uncertainty, coverage } of record.energy) {
      if (name === "cpu_estimate") continue;
      expect(["measured", "integrated"]).toContain(quality);
      expect(uncertainty?.combined).toBeGreaterThan(0);
      expect(coverage).toBeGreaterThan(0.95);
    }
  });

  it("never lets the estimate into the metrics", () => {
    const estimate = record.energy.find(({ name }) => name === "cpu_estimate");
    expect(estimate).toMatchObject({ quality: "estimated", unit: "J" });
    expect(estimate?.uncertainty?.combined).toBeGreaterThanOrEqual((estimate?.value ?? 0) / 2);
    expect(Object.values(record.energy_metrics)).not.toContain(estimate?.value);
  });

  it.each([
    ["cpu_energy.csv", "t_seconds,domain,joules"],
    ["gpu_power.csv", "timestamp,power_draw_w,gpu_uuid,timestamp_ms"],
    ["gpu_temperature.csv", "timestamp,gpu_temp_c,memory_temp_c,gpu_uuid,timestamp_ms"],
    ["gpu_utilization.csv", "timestamp,gpu_util_percent,memory_util_percent,gpu_uuid,timestamp_ms"],
  ])("leaves %s", async (name, header) => {
    const lines = (await readFile(join(attempt, name), "utf8")).split("\n");
    expect(lines[0]).toBe(header);
    expect(lines.length).toBeGreaterThan(3);
  });

  it("records the GPUs of the machine", () => {
    expect(record.environment.gpus).toHaveLength(2);
  });
});
