import { describe, expect, it } from "vitest";
import { renderReport } from "../src/render-report.ts";
import { quantity, sampleInput, sampleRecord } from "./sample-session.ts";

const withRecords = (records: ReturnType<typeof sampleRecord>[]) => ({
  ...sampleInput({ runs: 1 }),
  sessions: [{ name: "s", plan: undefined, records }],
});

describe("one file", () => {
  const html = renderReport(sampleInput({ runs: 12, repetitions: 2, withTraces: true }));

  it("names no host and no other file, and lets only its own script run", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    expect(policy.replace(/sha256-[\w+/=]+/, "sha256-…")).toBe(
      "default-src 'none'; script-src 'sha256-…'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    );
    const outside = html.replace(/<script[^]*?<\/script>/g, "");
    expect(outside).not.toMatch(/\b(?:src|srcset)=|<link|@import|url\((?!#)/);
    expect(outside.match(/href="(?!#)[^"]*"/g)).toBeNull();
  });

  it("is the same for the same input", () => {
    expect(renderReport(sampleInput({ runs: 12, repetitions: 2, withTraces: true }))).toBe(html);
  });

  it("has at most 1.5 MB for 200 runs with traces", () => {
    const large = renderReport(sampleInput({ runs: 200, repetitions: 3, failedEach: 20, withTraces: true }));
    expect(Buffer.byteLength(large)).toBeLessThanOrEqual(1_500_000);
  });
});

describe("hostile names", () => {
  const NAMES = [
    "<script>alert(1)</script>",
    `"'><img src=x onerror=alert(1)>`,
    "😀 \u202etxt",
    "x".repeat(10_000),
    "</script>",
  ];

  it.each(NAMES)("%.30j stands as text", (name) => {
    const record = (value: number) =>
      sampleRecord({
        experiment_id: `${name} ${value}`,
        repository: name,
        model: name,
        hyperparameters: { [name]: value },
        performance_metrics: { [name]: value },
        error_message: name,
        flags: [{ code: name, severity: "warning", message: name, evidence: {} }],
      });
    const html = renderReport(withRecords([record(1), record(2), record(3), record(4)]));
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain("<img");
    expect(html.match(/<script/g)).toHaveLength(2);
  });
});

describe("what is compared", () => {
  it("an estimate only where nothing was measured, and it says so", () => {
    const html = renderReport(sampleInput({ runs: 8, energy: "estimate" }));
    expect(html).toContain("Nothing here is a measured energy.");
    expect(html).toContain("Estimated CPU energy, not measured (");
  });

  it("never an estimate beside a measured energy", () => {
    const estimated = [quantity("gpu", null, { device: null }), quantity("cpu_estimate", 500)];
    const records = [1, 2, 3].map((epochs) =>
      sampleRecord({ experiment_id: `r${epochs}`, hyperparameters: { epochs } }),
    );
    const html = renderReport(withRecords([...records, sampleRecord({ experiment_id: "r4", energy: estimated })]));
    expect(html).not.toContain("Nothing here is a measured energy.");
    expect(html).toContain("1 run: no gpu: no meter for gpu");
  });

  it("durations where there is no energy, and it says so", () => {
    const html = renderReport(sampleInput({ runs: 8, energy: "none" }));
    expect(html).toContain("There is no energy in these records,");
    expect(html).toContain("Duration (no energy was measured)");
  });

  it("a partial energy with nothing", () => {
    const partial = [quantity("gpu", 900, { quality: "partial", reason: "gaps" })];
    const html = renderReport(withRecords([sampleRecord(), sampleRecord({ experiment_id: "p", energy: partial })]));
    expect(html).toContain("1 run: gpu is only partial");
  });
});

describe("small and broken sessions", () => {
  it.each([
    ["one run", [sampleRecord()]],
    ["one run without metric and energy", [sampleRecord({ performance_metrics: {}, energy: [] })]],
    ["only failures", [sampleRecord({ status: "failed", failure_class: "crash", energy: [] })]],
  ])("%s gives a report", (_, records) => {
    expect(renderReport(withRecords(records))).toContain('id="citation"');
  });

  it("files that could not be read are named", () => {
    const skipped = [{ path: "a/experiment.json", reason: "expected JSON" }];
    expect(renderReport({ ...sampleInput({ runs: 2 }), skipped })).toContain("a/experiment.json</bdi>: expected JSON");
  });
});

describe("carbon and cost", () => {
  it("come only from numbers that were given, and are called derived", () => {
    const input = sampleInput({ runs: 4 });
    expect(renderReport(input)).not.toContain("CO₂e");
    const html = renderReport({ ...input, factors: { gramsPerKwh: 400, pricePerKwh: 0.3, pue: 1.2 } });
    expect(html).toContain("Carbon, derived");
    expect(html).toContain("400 g CO₂e/kWh as given × PUE 1.20");
    expect(html).toContain("Cost, derived");
  });
});
