import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AttemptJson, PlanJson, PlanRowJson, RecordJson, readPlan, readRecords } from "@ea/records";
import { describe, expect, test } from "vitest";
import { type ImportOptions, importOriginal } from "../../src/original/import-original.ts";
import type { ImportReport } from "../../src/original/import-report.ts";
import {
  emptyDirectory,
  MNIST_LOG,
  parallelRecord,
  perfReport,
  put,
  putRun,
  START,
  soloRecord,
  wallClock,
} from "./original-files.ts";

const SESSION = "run_20251230_204245";

async function run(root: string, results: string, more: Partial<ImportOptions> = {}): Promise<ImportReport> {
  mkdirSync(results, { recursive: true });
  const workDirectory = join(results, ".import");
  return importOriginal({ directory: root, results, workDirectory, toolVersion: "1.2.3", ...more });
}

const sessionsIn = (results: string): string[] => readdirSync(results).filter((name) => /^\d/.test(name));

/** Every record, checked as a reader does. */
async function recordsIn(results: string): Promise<RecordJson[]> {
  const records = await Promise.all(sessionsIn(results).map((name) => readRecords(join(results, name))));
  return records.flat();
}

describe("a session of runs alone and beside a load, and of one without a record", async () => {
  const root = emptyDirectory();
  const results = join(emptyDirectory(), "results");
  putRun(root, { folder: `a/${SESSION}/examples_mnist_005`, log: MNIST_LOG });
  putRun(root, {
    folder: `a/${SESSION}/examples_mnist_007_parallel`,
    record: parallelRecord("examples_mnist_007_parallel"),
  });
  putRun(root, { folder: `a/${SESSION}/MRT-OAST_default_009`, record: undefined });
  const report = await run(root, results, { defaults: { examples: { epochs: 10, dropout: 0.5, seed: 1 } } });
  const [solo, parallel, bare] = await recordsIn(results);

  test("becomes one of ours, with its stamp", async () => {
    expect(sessionsIn(results)).toEqual(["20251230_204245_run"]);
    const directory = join(results, "20251230_204245_run");
    const plan = await readPlan(directory);
    expect(plan.rows.map(({ repository, mode }) => `${repository} ${mode}`)).toEqual([
      "examples mutation",
      "examples parallel",
      "MRT-OAST default",
    ]);
    expect(() => PlanJson.parse(JSON.parse(readFileSync(join(directory, "plan.json"), "utf8")))).not.toThrow();
    const [row] = readFileSync(join(directory, "rows.jsonl"), "utf8").split("\n");
    expect(PlanRowJson.parse(JSON.parse(row ?? ""))).toMatchObject({ experiment_id: solo?.experiment_id });
    expect(readFileSync(join(directory, "summary.csv"), "utf8").split("\n")).toHaveLength(5);
  });

  test("holds copies of the raw files under our names, and is whole without the source", () => {
    const row = join(results, "20251230_204245_run", solo?.experiment_id.slice("20251230_204245_run_".length) ?? "");
    expect(readdirSync(join(row, "attempt_1")).sort()).toEqual([
      "attempt.json",
      "cpu_energy.txt",
      "cpu_energy_raw.txt",
      "gpu_power.csv",
      "gpu_temperature.csv",
      "gpu_utilization.csv",
      "training.log",
    ]);
    expect(readFileSync(join(row, "attempt_1/training.log"), "utf8")).toBe(MNIST_LOG);
    const attempt: unknown = JSON.parse(readFileSync(join(row, "attempt_1/attempt.json"), "utf8"));
    expect(AttemptJson.parse(attempt)).toEqual(solo?.attempts[0]);
    expect(existsSync(join(results, ".import", "20251230_204245_run"))).toBe(false);
  });

  test("has records with the energy of the trace, the published one and the difference", () => {
    expect(solo).toMatchObject({
      status: "success",
      duration_seconds: 101.3,
      energy_metrics: { gpu_energy_total_joules: 10_000, cpu_energy_pkg_joules: 1001.5 },
      imported: {
        source: `a/${SESSION}/examples_mnist_005`,
        original_sum_joules: 10_100,
        published: [
          {
            file: `a/${SESSION}/examples_mnist_005/experiment.json`,
            energy_metrics: { gpu_energy_total_joules: 9000 },
          },
        ],
      },
    });
    expect(solo?.imported?.differences).toContainEqual(
      expect.objectContaining({
        field: "energy_metrics.gpu_energy_total_joules",
        published_value: 9000,
        value: 10_000,
      }),
    );
  });

  test("has metrics of the log in our unit, and the exit code and command that the wrapper printed", () => {
    expect(solo?.performance_metrics).toEqual({ test_accuracy: 0.9478, test_loss: 0.1544 });
    expect(solo?.attempts[0]).toMatchObject({ exit_code: 0, command: ["./train.sh", "-n", "mnist", "-b", "56"] });
    expect(parallel?.performance_metrics).toEqual({ test_accuracy: 0.95, test_loss: 0.1544 });
    expect(parallel?.imported?.provenance).toMatchObject({
      "performance_metrics.test_accuracy": "recorded, in percent; here a ratio",
      "performance_metrics.test_loss": "recorded",
    });
  });

  test("has the full vector of parameters, and says where each comes from", () => {
    expect(solo?.hyperparameters).toEqual({ batch_size: 56, epochs: 14, learning_rate: 1, seed: 1, dropout: 0.5 });
    expect(solo?.mutated).toEqual(["batch_size"]);
    expect(solo?.imported?.echoed["epochs"]).toMatchObject({ value: 14, line: 8, text: "[INFO] Epochs: 14" });
    expect(parallel?.hyperparameters).toEqual({ batch_size: 56, epochs: 14, learning_rate: 1, dropout: 0.5 });
    expect(parallel?.imported?.provenance).toMatchObject({
      "hyperparameters.batch_size": "recorded",
      "hyperparameters.epochs": expect.stringMatching(/^trainer's default/),
      "hyperparameters.dropout": "default of the configuration",
    });
  });

  test("keeps what is known of the load, and no more", () => {
    expect(parallel).toMatchObject({
      mode: "parallel",
      background: { repository: "examples", model: "siamese", hyperparameters: { epochs: 10 }, working_copy: null },
    });
    expect(solo?.background).toBeUndefined();
  });

  test("has a run of which nobody said how it ended, nor with what: suspect, and without parameters", () => {
    expect(bare).toMatchObject({
      repository: "MRT-OAST",
      model: "default",
      status: "suspect",
      hyperparameters: {},
      duration_seconds: 100.4,
      timestamp: "2025-12-31T05:36:18.000+08:00",
      imported: { published: [], provenance: { repository: "name of the run", utc_offset: "traces of other runs" } },
    });
  });

  test("is told in the report", () => {
    expect(report).toMatchObject({
      found: 3,
      imported: 3,
      already_imported: 0,
      not_imported: [],
      not_read: [],
      sessions: [{ session: "20251230_204245_run", source: `a/${SESSION}`, runs: 3 }],
      counts: {
        status: { success: 2, suspect: 1 },
        mode: { mutation: 1, parallel: 1, default: 1 },
        energy: { gpu: { integrated: 3 }, cpu_package: { measured: 3 }, dram: { measured: 3 } },
        metrics: { log: 2, recorded: 2 },
      },
    });
  });

  test("is not imported again; what is new beside it becomes a session of its own", async () => {
    expect(await run(root, results)).toMatchObject({ imported: 0, already_imported: 3, sessions: [] });
    putRun(root, { folder: `a/${SESSION}/examples_mnist_011` });
    expect(await run(root, results)).toMatchObject({
      imported: 1,
      already_imported: 3,
      sessions: [{ session: "20251230_204245_run_2", runs: 1 }],
    });
    expect(await run(join(root, "a"), results)).toMatchObject({ imported: 0, already_imported: 4 });
    expect(await recordsIn(results)).toHaveLength(4);
  });

  test("is refused where its files have changed since", async () => {
    putRun(root, { folder: `a/${SESSION}/examples_mnist_011`, seconds: 50 });
    const again = await run(root, results);
    expect(again).toMatchObject({ imported: 0, already_imported: 3 });
    expect(again.not_imported).toEqual([
      { file: `a/${SESSION}/examples_mnist_011`, reason: expect.stringMatching(/have changed since/) },
    ]);
  });
});

test("runs of the same id are kept apart, and each row of a table goes to the run of its moment", async () => {
  const root = emptyDirectory();
  const results = emptyDirectory();
  const id = "examples_mnist_005";
  for (const [session, start] of [
    ["run_20251230_204245", START],
    ["run_20251231_204245", START + 86_400],
  ] as const) {
    const record = soloRecord(id, { timestamp: wallClock(start + 102) });
    putRun(root, { folder: `${session}/${id}`, start, record });
  }
  const row = (source: string, time: number, joules: number): string =>
    `${source}__${id},${wallClock(time)},examples,mnist,${joules}\n`;
  put(
    root,
    "data.csv",
    `experiment_id,timestamp,repository,model,energy_gpu_total_joules\n${row("default", START + 102, 1)}${row("x", START + 86_502, 2)}${row("x", 0, 3)}`,
  );
  const report = await run(root, results);
  const records = await recordsIn(results);
  expect(new Set(records.map(({ experiment_id }) => experiment_id)).size).toBe(2);
  const published = records.map(({ imported }) =>
    imported?.published.map((each) => each.energy_metrics.gpu_energy_total_joules),
  );
  expect(published).toEqual([
    [9000, 1],
    [9000, 2],
  ]);
  expect(records[0]?.imported?.published[1]).toMatchObject({
    file: "data.csv",
    line: 2,
    experiment_id: `default__${id}`,
  });
  expect(report.tables).toMatchObject([{ file: "data.csv", rows: 3, matched: 2, unmatched: [{ line: 4 }] }]);
  expect((await run(root, results)).tables).toMatchObject([{ matched: 0, of_earlier_imports: 2 }]);
});

test("sessions whose directories have the same name, and runs whose folders do, are kept apart", async () => {
  const root = emptyDirectory();
  const results = emptyDirectory();
  for (const parent of ["a", "b"]) putRun(root, { folder: `${parent}/${SESSION}/examples_mnist_005` });
  expect(await run(root, results)).toMatchObject({ imported: 2 });
  expect(sessionsIn(results)).toEqual(["20251230_204245_run", "20251230_204245_run_2"]);
  expect(await run(root, results)).toMatchObject({ imported: 0, already_imported: 2 });
});

test("the layout of the seed date: the last attempt's energy and log, and how many were before it", async () => {
  const root = emptyDirectory();
  const results = emptyDirectory();
  const id = "20251231_053617_examples_mnist";
  put(root, `results/${id}.json`, JSON.stringify(soloRecord(id, { retries: 1 })));
  const energy = `results/energy_${id}_attempt2`;
  putRun(root, { folder: "x" });
  rmSync(join(root, "x/experiment.json"));
  for (const name of readdirSync(join(root, "x/energy")))
    put(root, `${energy}/${name}`, readFileSync(join(root, "x/energy", name)));
  rmSync(join(root, "x"), { recursive: true });
  put(root, "results/training_examples_mnist_20251231_053618.log", MNIST_LOG);
  await run(root, results);
  const [record] = await recordsIn(results);
  expect(record).toMatchObject({
    retries: 1,
    attempts: [{ attempt: 2 }],
    energy_metrics: { gpu_energy_total_joules: 10_000 },
    performance_metrics: { test_accuracy: 0.9478 },
    imported: { source: `results/${id}.json` },
  });
  expect(sessionsIn(results)).toEqual(["20251231_053800_results"]);
});

describe("hostile input", () => {
  test("broken records, empty files and foreign JSON: everything that can be read is, and the rest is named", async () => {
    const root = emptyDirectory();
    const results = emptyDirectory();
    const folder = (name: string): string => `${SESSION}/examples_${name}`;
    putRun(root, { folder: folder("mnist_001"), record: '{"experiment_id": "x", "time' });
    putRun(root, { folder: folder("mnist_002"), record: "" });
    putRun(root, { folder: folder("mnist_003"), record: "x".repeat(5_000_000) });
    putRun(root, { folder: folder("mnist_004"), record: { schema_version: 1, experiment_id: "ours" } });
    putRun(root, { folder: folder("mnist_005"), energy: { "gpu_power.csv": "", "cpu_energy_raw.txt": "" } });
    putRun(root, { folder: folder("mnist_006"), record: soloRecord("x", { retries: "many" }), log: "\0\u0001" });
    put(root, `${SESSION}/examples_mnist_007/experiment.json`, JSON.stringify(soloRecord("x", { timestamp: null })));
    mkdirSync(join(root, SESSION, "examples_mnist_008"));
    mkdirSync(join(root, SESSION, "examples_mnist_009", "experiment.json"), { recursive: true });
    const report = await run(root, results);
    expect(report).toMatchObject({ found: 8, imported: 5 });
    expect(report.not_imported.map(({ file }) => file)).toEqual(["mnist_007", "mnist_008", "mnist_009"].map(folder));
    const reasons = new Map(report.not_read.map(({ file, reason }) => [file, reason]));
    expect(reasons.get(`${folder("mnist_001")}/experiment.json`)).toMatch(/expected JSON/);
    expect(reasons.get(`${folder("mnist_003")}/experiment.json`)).toMatch(/at most 4194304 bytes/);
    expect(reasons.get(`${folder("mnist_004")}/experiment.json`)).toBe("no record of the original");
    expect(reasons.get(`${folder("mnist_005")}/energy/gpu_power.csv`)).toBeDefined();
    expect(reasons.get(`${folder("mnist_006")}/experiment.json`)).toMatch(/retries/);
    const records = await recordsIn(results);
    expect(records.map(({ status }) => status)).toEqual(["suspect", "suspect", "suspect", "success", "success"]);
    for (const record of records) expect(() => RecordJson.parse(record)).not.toThrow();
  });

  test("names that are no names of files, and values of any kind", async () => {
    const root = emptyDirectory();
    const results = emptyDirectory();
    const record = soloRecord("../../etc/passwd", {
      repository: "../../escape",
      model: "a/b\n",
      hyperparameters: { "p/q": 1, list: [1], on: true, none: null, text: "a,b=c" },
    });
    putRun(root, { folder: "run/examples_mnist_001", record });
    await run(root, results);
    const [imported] = await recordsIn(results);
    expect(imported).toMatchObject({
      repository: "../../escape",
      hyperparameters: { "p/q": 1, on: true, none: null, text: "a,b=c" },
    });
    expect(imported?.experiment_id).toMatch(/^[\w.-]+$/);
  });

  test("a directory with nothing of the original is refused, and says what was expected", async () => {
    const root = emptyDirectory();
    put(root, "notes.txt", "x\n");
    await expect(run(root, emptyDirectory())).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: expect.stringMatching(/expected results of Green-deep-learning.*not read: notes.txt/),
    });
  });

  test("a table that was asked for has to be one", async () => {
    const root = emptyDirectory();
    putRun(root, { folder: "run/examples_mnist_001" });
    for (const table of [put(root, "x.csv", "a,b\n1,2\n"), join(root, "none.csv")]) {
      await expect(run(root, emptyDirectory(), { tables: [table] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });
});

test("a run that timed out of perf but not of its trace, and one of another machine's zone, keep their own offsets", async () => {
  const root = emptyDirectory();
  const results = emptyDirectory();
  putRun(root, {
    folder: `${SESSION}/examples_mnist_001`,
    energy: { "cpu_energy_raw.txt": undefined, "cpu_energy.txt": undefined },
  });
  const berlin = `${new Date((START + 102) * 1000 + 3_600_000).toISOString().slice(0, 19)}.5`;
  putRun(root, { folder: `${SESSION}/examples_mnist_002`, record: soloRecord("x", { timestamp: berlin }) });
  await run(root, results);
  expect((await recordsIn(results)).map(({ timestamp }) => timestamp.slice(-6))).toEqual(["+08:00", "+01:00"]);
});

test("with dryRun everything is read and nothing is written", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: `${SESSION}/examples_mnist_001`, energy: { "cpu_energy_raw.txt": perfReport(100) } });
  const results = join(emptyDirectory(), "none");
  const report = await importOriginal({
    directory: root,
    results,
    workDirectory: join(results, ".import"),
    toolVersion: "1",
    dryRun: true,
  });
  expect(report).toMatchObject({ dry_run: true, imported: 1, sessions: [{ session: "20251230_204245_run" }] });
  expect(existsSync(results)).toBe(false);
});
