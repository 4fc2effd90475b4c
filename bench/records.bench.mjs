// What `ea summary` and `ea export` of 10,000 records cost, in time and memory, beside node that only parses the files;
// exits 1 when the summary takes more than 3 s, or when ten times the records need twice the memory.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare, describeMachine, median, output, seconds } from "./compare.mjs";

const MANY = 10_000;
const FEW = 1000;
const MOST_SECONDS = 3;
const MOST_GROWTH = 2;
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "ea-bench-"));
mkdirSync(join(project, "config"));
writeFileSync(join(project, "train.sh"), "echo accuracy: 0.9\n", { mode: 0o755 });
const x = { flag: "-x", type: "int", default: 0, range: [1, 100_000] };
const performance_metrics = { log_patterns: { accuracy: "accuracy: (\\S+)" } };
const tiny = {
  path: ".",
  train_script: "train.sh",
  models: ["default"],
  supported_hyperparams: { x },
  performance_metrics,
};
writeFileSync(join(project, "config/models_config.json"), JSON.stringify({ models: { tiny } }));

/** A session with so many copies of a real record. */
function makeSession(count) {
  const results = `results-${count}`;
  const run = ["run", "-r", "tiny", "-m", "default", "-mt", "x", "-s", "1", "--no-sleep", "--gate", "off", "--quiet"];
  output(process.execPath, [ea, ...run, "--results", results], { cwd: project });
  const [session] = readdirSync(join(project, results));
  const directory = join(project, results, session);
  const [first] = readdirSync(directory).filter((name) => name.startsWith("000_"));
  const record = JSON.parse(readFileSync(join(directory, first, "experiment.json"), "utf8"));
  const [row] = readFileSync(join(directory, "rows.jsonl"), "utf8").split("\n");
  const lines = [row];
  for (let number = 1; number < count; number += 1) {
    const name = `${String(number).padStart(3, "0")}_tiny_default_00000000`;
    const identity = { experiment_id: `${session}_${name}`, row: number, hyperparameters: { x: number } };
    mkdirSync(join(directory, name));
    writeFileSync(join(directory, name, "experiment.json"), JSON.stringify({ ...record, ...identity }, undefined, 2));
    lines.push(JSON.stringify({ ...JSON.parse(row), ...identity }));
  }
  writeFileSync(join(directory, "rows.jsonl"), `${lines.join("\n")}\n`);
  const plan = JSON.parse(readFileSync(join(directory, "plan.json"), "utf8"));
  writeFileSync(join(directory, "plan.json"), JSON.stringify({ ...plan, planned: count }));
  return directory;
}

/** Peak memory of a command in MiB. */
function mebibytes(args) {
  const script = `process.argv.splice(1, 1); process.on("exit", () => console.error("peak " + process.resourceUsage().maxRSS)); await import(process.argv[1]);`;
  const shell = `"$0" --input-type=module -e '${script}' x "$@" 2>&1 >/dev/null | sed -n 's/^peak //p'`;
  return Number(output("sh", ["-c", shell, process.execPath, ea, ...args], { cwd: project })) / 1024;
}

describeMachine();
try {
  const [few, many] = [FEW, MANY].map(makeSession);
  const parse = `const fs = require("fs"); for (const d of fs.readdirSync(".")) if (/^\\d/.test(d)) JSON.parse(fs.readFileSync(d + "/experiment.json", "utf8"));`;
  const own = (...args) => seconds(process.execPath, [ea, ...args], { cwd: project, maxBuffer: 2 ** 30 });
  const times = compare(
    [
      {
        name: `node parses ${MANY} records`,
        run: () => seconds(process.execPath, ["-e", parse], { cwd: many }),
      },
      { name: `ea summary, ${MANY} records`, run: () => own("summary", many) },
      { name: `ea export csv --tidy`, run: () => own("export", "csv", many, "--tidy", "-o", "out.csv") },
    ],
    3,
  );
  const summary = median([...times.values()][1]);
  const growth = ["summary", "export"].map((command) => {
    const args = (directory) => (command === "export" ? [command, "csv", directory] : [command, directory]);
    const [small, large] = [few, many].map((directory) => mebibytes(args(directory)));
    console.log(`ea ${command}: ${small.toFixed(0)} MiB for ${FEW} records, ${large.toFixed(0)} MiB for ${MANY}`);
    return large / small;
  });
  if (summary > MOST_SECONDS || growth.some((factor) => factor > MOST_GROWTH)) process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true });
}
