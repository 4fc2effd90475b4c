import type { StatusJson } from "@ea/records";
import { describe, expect, it } from "vitest";
import { type PrometheusSource, prometheusText } from "../src/prometheus-text.ts";
import { FAILED, GOOD, STRANGE } from "./example-records.ts";

const AT = "2026-03-03T01:20:00.000+00:00";
const STATUS: StatusJson = {
  schema_version: 1,
  session: "s",
  state: "running",
  updated_at: AT,
  planned: 5,
  completed: 1,
  failed: 1,
  suspect: 0,
  writer: { host: "h", boot_id: "b", pid_namespace: "n", pid: 1, process_start_ticks: "1" },
  current: null,
  readings: [
    { name: "gpu", device: 'GPU-"a\\\n', power_watts: 300.5, temperature_celsius: 61, utilization_percent: null },
    { name: "gpu", device: "GPU-b", power_watts: 40, temperature_celsius: null, utilization_percent: null },
  ],
};
const textOf = (records = [GOOD, FAILED], statuses: PrometheusSource["statuses"] = [STATUS], nowMs = Date.parse(AT)) =>
  prometheusText({ records, statuses, nowMs });

describe("a textfile of Prometheus", () => {
  it("sums measured energies over all attempts, and estimates under another name", async () => {
    const text = await textOf();
    expect(text).toContain("# TYPE ea_cpu_energy_joules_total counter\nea_cpu_energy_joules_total 301.5\n");
    expect(text).toContain("\nea_cpu_energy_estimate_joules_total 450\n");
    expect(text).toContain('\nea_attempts_total{status="success"} 1\nea_attempts_total{status="failed"} 2\n');
  });

  it("has no series for what nobody measured, and counts the attempts without it", async () => {
    const text = await textOf();
    expect(text).not.toMatch(/dram_energy|gpu_energy|NaN|null|undefined/);
    expect(text).toContain('\nea_attempts_without_energy_total{quantity="dram"} 3\n');
  });

  it("counts runs by their state", async () => {
    expect(await textOf()).toContain(
      'ea_sweep_experiments{state="success"} 1\nea_sweep_experiments{state="failed"} 1\nea_sweep_experiments{state="suspect"} 0\nea_sweep_experiments{state="left"} 3\n',
    );
  });

  it("has the time until the last session ends, where that is estimated and fresh", async () => {
    const statuses = [30, 12.5, undefined].map((etaSeconds) => ({ ...STATUS, etaSeconds }));
    expect(await textOf([GOOD], statuses)).toContain("# TYPE ea_sweep_eta_seconds gauge\nea_sweep_eta_seconds 30\n");
    expect(await textOf([GOOD])).not.toContain("eta");
    expect(await textOf([GOOD], statuses, Date.parse(AT) + 61_000)).not.toContain("eta");
  });

  it("has what the meters say now, with labels escaped", async () => {
    const text = await textOf();
    expect(text).toContain('\nea_gpu_power_watts{gpu="GPU-\\"a\\\\\\n"} 300.5\nea_gpu_power_watts{gpu="GPU-b"} 40\n');
    expect(text).toContain('\nea_gpu_temperature_celsius{gpu="GPU-\\"a\\\\\\n"} 61\n');
  });

  it.each([
    ["the session has ended", { ...STATUS, state: "finished" as const }, Date.parse(AT)],
    ["they said it long ago", STATUS, Date.parse(AT) + 61_000],
  ])("has no present power when %s", async (_, status, nowMs) => {
    expect(await textOf([GOOD], [status], nowMs)).not.toContain("ea_gpu_power_watts");
  });

  it("has as many series for a hundred runs as for one, whatever their names", async () => {
    const lines = async (count: number): Promise<number> =>
      (await textOf(Array.from({ length: count }, () => STRANGE))).split("\n").length;
    expect(await lines(100)).toBe(await lines(1));
  });

  it("has lines of its grammar alone: no time stamps, each family once, a newline at the end", async () => {
    const text = await textOf([GOOD, FAILED, STRANGE]);
    expect(text.endsWith("\n")).toBe(true);
    for (const line of text.trimEnd().split("\n")) {
      expect(line).toMatch(/^(# (HELP|TYPE) ea_\w+ .+|ea_\w+(\{\w+="([^"\\]|\\["\\n])*"\})? [\d.e+-]+)$/);
    }
    const families = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
    expect(new Set(families).size).toBe(families.length);
  });
});
