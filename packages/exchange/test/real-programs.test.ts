import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mlflowExport } from "../src/mlflow-export.ts";
import { optunaJournal } from "../src/optuna-journal.ts";
import { parquetTable } from "../src/parquet-table.ts";
import { wandbLine } from "../src/wandb-lines.ts";
import { WANDB_SCRIPT } from "../src/wandb-script.ts";
import { FAILED, GOOD, HOSTILE, PLAN, SESSION, STRANGE, sessionOf } from "./example-records.ts";
import { pythonJson, pythonWith } from "./python-with.ts";

const RECORDS = [GOOD, FAILED, STRANGE];
const SLOW = 300_000; // the first time, a package is installed

let directory = "";
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "ea-real-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** The Python, or else the test is skipped, and says why. */
function pythonOr(skip: (note: string) => void, name: string, version?: string): string {
  const found = pythonWith(name, version);
  if ("python" in found) return found.python;
  process.stdout.write(`skipped: ${found.reason}\n`);
  skip(found.reason);
  return "";
}

describe("a real", () => {
  it("Optuna opens the journal", { timeout: SLOW }, ({ skip }) => {
    const python = pythonOr(skip, "optuna", "5.0.0");
    const path = join(directory, "optuna.log");
    writeFileSync(path, [...optunaJournal([{ plan: PLAN, records: RECORDS }])].join(""));
    const program = `
import json, sys, optuna
optuna.logging.set_verbosity(optuna.logging.ERROR)
storage = optuna.storages.JournalStorage(optuna.storages.journal.JournalFileBackend(sys.argv[1]))
[name] = optuna.get_all_study_names(storage)
study = optuna.load_study(study_name=name, storage=storage)
for trial in study.trials:
    for key, value in trial.params.items():
        assert trial.distributions[key]._contains(trial.distributions[key].to_internal_repr(value)), key
asked = study.ask({"learning_rate": optuna.distributions.FloatDistribution(1e-7, 1e-3, log=True)})
print(json.dumps({"name": name, "directions": [d.name for d in study.directions], "metrics": study.metric_names,
  "trials": [[t.state.name, t.values, t.params, t.user_attrs["experiment_id"], t.duration.total_seconds()] for t in study.trials[:3]],
  "best": [t.number for t in study.best_trials], "asked": asked.number}))`;
    expect(pythonJson(python, program, path)).toEqual({
      name: "20260303_091407_lr/digits/mlp",
      directions: ["MINIMIZE", "MAXIMIZE"],
      metrics: ["cpu_package (J)", "test_accuracy"],
      trials: [
        ["COMPLETE", [100.5, 0.97], { learning_rate: 1e-7 }, GOOD.experiment_id, 12.209],
        ["FAIL", null, { learning_rate: 1e-7 }, FAILED.experiment_id, 12.209],
        ["FAIL", null, Object.fromEntries(HOSTILE.map((name) => [name, name])), STRANGE.experiment_id, 12.209],
      ],
      best: [0],
      asked: 3,
    });
  });

  it("DuckDB reads the Parquet file", { timeout: SLOW }, async ({ skip }) => {
    const python = pythonOr(skip, "duckdb", "2.0.0");
    const session = await sessionOf(RECORDS);
    const path = join(directory, "runs.parquet");
    writeFileSync(path, await parquetTable([session], "wide"));
    rmSync(session, { recursive: true });
    const program = `
import json, sys, duckdb
rows = duckdb.read_parquet(sys.argv[1])
types = dict(zip(rows.columns, map(str, rows.types)))
shown = ["row", "status", "cpu_energy_pkg_joules", "cpu_energy_ram_joules", "cpu_estimate_joules", "hyperparam_epochs"]
print(json.dumps({"rows": duckdb.sql("select " + ", ".join(shown) + " from rows order by row").fetchall(),
  "types": [types[name] for name in shown], "time": types["timestamp"], "names": [n for n in rows.columns if n.startswith("hyperparam_")]}))`;
    expect(pythonJson(python, program, path)).toMatchObject({
      rows: [
        [7, "success", 100.5, null, 150, 3],
        [8, "failed", 100.5, null, 150, 3],
        [9, "success", 100.5, null, 150, null],
      ],
      types: ["INTEGER", "VARCHAR", "DOUBLE", "DOUBLE", "DOUBLE", "DOUBLE"],
      time: expect.stringContaining("TIMESTAMP"),
      names: expect.arrayContaining(HOSTILE.map((name) => `hyperparam_${name}`)),
    });
  });

  it("W&B makes offline runs of the lines", { timeout: SLOW }, async ({ skip }) => {
    const python = pythonOr(skip, "wandb");
    const path = join(directory, "runs.jsonl");
    writeFileSync(path, RECORDS.map((record) => wandbLine(record, SESSION, { project: "ea" })).join(""));
    writeFileSync(`${path}.py`, WANDB_SCRIPT);
    const environment = { ...process.env, WANDB_DIR: directory, WANDB_SILENT: "true" };
    const child = spawn(python, [`${path}.py`], {
      cwd: directory,
      env: environment,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let words = "";
    child.stderr.on("data", (chunk) => (words += String(chunk)));
    const [code] = await once(child, "close");
    expect({ code, words }).toMatchObject({ code: 0 });
    expect(readdirSync(join(directory, "wandb")).filter((name) => name.startsWith("offline-run-"))).toHaveLength(3);
  });

  it("MLflow takes the runs, and takes them once", { timeout: SLOW }, async ({ skip }) => {
    const python = pythonOr(skip, "mlflow");
    const port = await freePort();
    const store = ["--backend-store-uri", `sqlite:///${join(directory, "mlflow.db")}`];
    const args = ["-m", "mlflow", "server", "--host", "127.0.0.1", "--port", String(port), ...store];
    const server = spawn(python, args, { cwd: directory, detached: true, stdio: "ignore" });
    try {
      const url = `http://127.0.0.1:${port}`;
      while (
        !(await fetch(`${url}/health`).then(
          ({ ok }) => ok,
          () => false,
        ))
      ) {
        if (server.exitCode !== null) throw new Error(`Expected MLflow to start, it ended with ${server.exitCode}`);
        await wait(500);
      }
      const sessions = [{ session: SESSION, records: RECORDS }];
      expect(await mlflowExport(sessions, { url })).toEqual({ created: 3, replaced: 0, unchanged: 0 });
      expect(await mlflowExport(sessions, { url })).toEqual({ created: 0, replaced: 0, unchanged: 3 });
      const changed = [{ session: SESSION, records: [{ ...GOOD, performance_metrics: { test_accuracy: 0.98 } }] }];
      expect(await mlflowExport(changed, { url })).toEqual({ created: 0, replaced: 1, unchanged: 0 });
      const program = `
import json, sys, mlflow
client = mlflow.MlflowClient(sys.argv[1])
experiment = client.get_experiment_by_name(sys.argv[2])
runs = sorted(client.search_runs([experiment.experiment_id]), key=lambda run: int(run.data.tags["ea.row"]))
series = client.get_metric_history(runs[0].info.run_id, "series/loss")
print(json.dumps({"runs": [[run.info.status, run.data.metrics.get("test_accuracy"), run.data.metrics.get("cpu_energy_pkg_joules"),
  run.data.metrics.get("cpu_energy_ram_joules"), run.info.end_time - run.info.start_time] for run in runs],
  "series": [[point.step, point.value] for point in series], "strange": len(runs[2].data.params)}))`;
      expect(pythonJson(python, program, url, SESSION)).toEqual({
        runs: [
          ["FINISHED", 0.98, 100.5, null, 12209],
          ["FAILED", null, 100.5, null, 12209],
          ["FINISHED", null, 100.5, null, 12209],
        ],
        series: [
          [1, 0.9],
          [3, 0.5],
        ],
        strange: HOSTILE.length,
      });
    } finally {
      if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
