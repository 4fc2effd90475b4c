// What orchestration costs per row: 1000 rows of a program that sleeps 10 ms, beside a bash loop, GNU parallel and Optuna
// with a subprocess over the same program.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { compare, describeMachine, median, seconds } from "./compare.mjs";
import { findOptunaStudy } from "./peers.mjs";

const ROWS = 1000;
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const MAX_MS = 15;
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "ea-bench-"));
mkdirSync(join(project, "config"));
writeFileSync(join(project, "train.sh"), "#!/bin/sh\nsleep 0.01\n");
chmodSync(join(project, "train.sh"), 0o755);
const x = { flag: "-x", type: "int", default: 1, range: [1, 100_000] };
const tiny = { path: ".", train_script: "train.sh", models: ["default"], supported_hyperparams: { x } };
writeFileSync(join(project, "config/models_config.json"), JSON.stringify({ models: { tiny } }));

describeMachine();
const { missed, atMost, notMeasured } = createBars();
const timed = (command, ...args) => ({ run: () => seconds(command, args, { cwd: project }) });
const what = ["run", "-r", "tiny", "-m", "default", "-mt", "x", "-n", String(ROWS), "-s", "1"];
const loop = {
  name: `bash loop, ${ROWS} runs`,
  ...timed("bash", "-c", `for i in $(seq ${ROWS}); do ./train.sh -x $i; done`),
};
const ours = {
  name: `ea run, ${ROWS} rows`,
  ...timed(process.execPath, ea, ...what, "--no-sleep", "--gate", "off", "--quiet"),
};
try {
  const times = compare([loop, ours, ...peers()], ROUNDS);
  const [bare, rows] = [loop, ours].map(({ name }) => median(times.get(name)));
  atMost(
    "orchestration beside the program, record, estimate and log included",
    ((rows - bare) / ROWS) * 1000,
    MAX_MS,
    "ms per row",
  );
} finally {
  rmSync(project, { recursive: true });
}
process.exitCode = missed.length === 0 ? 0 : 1;

function peers() {
  const found = [];
  if (spawnSync("parallel", ["--version"]).status === 0) {
    found.push({ name: "GNU parallel -j1", ...timed("bash", "-c", `seq ${ROWS} | parallel -j1 ./train.sh -x {}`) });
  } else notMeasured("GNU parallel", "it is not installed");
  const { command, reason } = findOptunaStudy();
  if (command) found.push({ name: "Optuna with a subprocess", ...timed(...command, "./train.sh", String(ROWS)) });
  else notMeasured("Optuna", reason);
  return found;
}
