// What a plan of 100,000 rows costs, beside one of a tenth: written, one row executed, claimed, submitted to a Slurm of
// make-believe, looked at, summarised. Exits 1 when something needs more than 310 MB (the process that claims rows of the whole plan keeps them all, and is only shown), takes more than twice as long for a
// row as with the shorter plan, or when one row of the long plan costs more than twice one of the short.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { claimRow, writeRecord } from "@ea/records";
import { describeMachine, output } from "./compare.mjs";

const MANY = 100_000;
const FEW = 10_000;
const CLAIMED = 500;
const MOST_MEGABYTES = 310;
const MOST_GROWTH = 2;
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));
const fakes = fileURLToPath(new URL("../apps/cli/test/fixtures/slurm-bin", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "ea-bench-"));
mkdirSync(join(project, "config"));
writeFileSync(join(project, "train.sh"), "echo accuracy: 0.9\n", { mode: 0o755 });
const supported_hyperparams = {
  x: { flag: "-x", type: "int", default: 0, range: [1, 10_000_000] },
  learning_rate: { flag: "--lr", type: "float", default: 0.001, range: [1e-6, 0.1] },
};
const performance_metrics = { log_patterns: { accuracy: "accuracy: (\\S+)" } };
const tiny = { path: ".", train_script: "train.sh", models: ["default"], supported_hyperparams, performance_metrics };
writeFileSync(join(project, "config/models_config.json"), JSON.stringify({ models: { tiny } }));

/** Seconds and peak memory in MB of one `ea`; whatever its exit code. */
function measured(args, environment = {}) {
  const script = `process.argv.splice(1, 1); process.on("exit", () => console.error("peak " + process.resourceUsage().maxRSS)); await import(process.argv[1]);`;
  const shell = `"$0" --input-type=module -e '${script}' x "$@" 2>&1 >/dev/null | sed -n 's/^peak //p'`;
  const start = performance.now();
  const env = { ...process.env, ...environment };
  const kibibytes = Number(output("sh", ["-c", shell, process.execPath, ea, ...args], { cwd: project, env }));
  return { seconds: (performance.now() - start) / 1000, megabytes: (kibibytes * 1024) / 1e6 };
}

/** Claims rows and writes their records, as a process that executes them does; milliseconds for each. */
async function claimSome(directory, rows, record) {
  const identity = { host: hostname(), boot_id: "b", pid_namespace: "n", pid: process.pid, process_start_ticks: "1" };
  const mine = { ...identity, tag: "bench", claimed_at: new Date().toISOString() };
  const start = performance.now();
  for (const row of rows) {
    const own = join(directory, nameOf(directory, row));
    mkdirSync(own, { recursive: true });
    const claim = await claimRow(own, mine, () => false);
    await writeRecord(own, recordOf(row, record));
    await claim.release();
  }
  return (performance.now() - start) / rows.length;
}

const nameOf = (directory, row) => row.experiment_id.slice(directory.split("/").at(-1).length + 1);
const recordOf = ({ row, experiment_id, hyperparameters }, record) => ({
  ...record,
  row,
  experiment_id,
  hyperparameters,
});

async function costs(count) {
  const results = `results-${count}`;
  const what = ["run", "-r", "tiny", "-m", "default", "-mt", "all", "-s", "1", "--no-sleep", "--gate", "off"];
  const written = measured([...what, "-n", String(count), "--plan-only", "--results", results]);
  const directory = join(project, results, readdirSync(join(project, results))[0]);
  const row = measured(["run", "--plan", directory, "--index", String(count - 1), "--quiet"]);
  const rows = readFileSync(join(directory, "rows.jsonl"), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const last = rows.at(-1);
  const record = JSON.parse(readFileSync(join(directory, nameOf(directory, last), "experiment.json"), "utf8"));
  for (const each of rows.slice(CLAIMED, -1)) {
    const own = join(directory, nameOf(directory, each));
    mkdirSync(own);
    writeFileSync(join(own, "experiment.json"), JSON.stringify(recordOf(each, record), undefined, 2));
  }
  const slurm = mkdtempSync(join(project, "slurm-"));
  const environment = { PATH: [fakes, process.env.PATH].join(delimiter), FAKE_SLURM_DIRECTORY: slurm };
  const submitted = measured(["slurm", "submit", directory, "--no-doctor"], environment);
  const status = measured(["slurm", "status", directory], environment);
  const claimMs = await claimSome(directory, rows.slice(0, CLAIMED), record);
  const collected = measured(["slurm", "collect", directory], environment);
  const worker = measured(["run", "--plan", directory, "--quiet", "--json"]);
  return { written, row, claimMs, submitted, status, collected, worker };
}

describeMachine();
try {
  const few = await costs(FEW);
  const many = await costs(MANY);
  const text = ({ seconds, megabytes }) => `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`;
  console.log(`${"".padEnd(44)} ${String(FEW).padEnd(18)} ${MANY} rows`);
  const names = {
    written: "plan written (ea run --plan-only)",
    row: "one row executed (ea run --plan --index)",
    submitted: `${CLAIMED} rows left: ea slurm submit`,
    status: "ea slurm status",
    collected: "ea slurm collect",
    worker: "ea run --plan, when nothing is left",
  };
  const most = { megabytes: 0 };
  let growth = 0;
  for (const [key, name] of Object.entries(names)) {
    console.log(`${name.padEnd(44)} ${text(few[key]).padEnd(18)} ${text(many[key])}`);
    if (key !== "worker") most.megabytes = Math.max(most.megabytes, many[key].megabytes);
    if (key !== "row") growth = Math.max(growth, many[key].seconds / few[key].seconds / (MANY / FEW));
  }
  console.log(
    `${"a row claimed, recorded, given back".padEnd(44)} ${`${few.claimMs.toFixed(1)} ms`.padEnd(18)} ${many.claimMs.toFixed(1)} ms`,
  );
  const isRowDearer = many.row.seconds > MOST_GROWTH * few.row.seconds || many.claimMs > MOST_GROWTH * few.claimMs;
  console.log(
    `at most ${most.megabytes.toFixed(0)} MB; a row of the longer plan costs ×${growth.toFixed(2)} of the shorter's`,
  );
  if (most.megabytes > MOST_MEGABYTES || growth > MOST_GROWTH || isRowDearer) process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true });
}
