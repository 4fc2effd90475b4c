// What orchestration costs per row: 100 rows of a program that sleeps 10 ms, beside a bash loop over the same program.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compare, describeMachine, median, seconds } from "./compare.mjs";

const ROWS = 100;
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));
const project = mkdtempSync(join(tmpdir(), "ea-bench-"));
mkdirSync(join(project, "config"));
writeFileSync(join(project, "train.sh"), "#!/bin/sh\nsleep 0.01\n");
chmodSync(join(project, "train.sh"), 0o755);
const x = { flag: "-x", type: "int", default: 0, range: [1, 1000] };
const tiny = { path: ".", train_script: "train.sh", models: ["default"], supported_hyperparams: { x } };
writeFileSync(join(project, "config/models_config.json"), JSON.stringify({ models: { tiny } }));

describeMachine();
const run = [
  "run",
  "-r",
  "tiny",
  "-m",
  "default",
  "-mt",
  "x",
  "-n",
  String(ROWS),
  "-s",
  "1",
  "--no-sleep",
  "--gate",
  "off",
  "--quiet",
];
try {
  const times = compare(
    [
      {
        name: `bash loop, ${ROWS} runs`,
        run: () => seconds("bash", ["-c", `for i in $(seq ${ROWS}); do ./train.sh -x $i; done`], { cwd: project }),
      },
      { name: `ea run, ${ROWS} rows`, run: () => seconds(process.execPath, [ea, ...run], { cwd: project }) },
    ],
    5,
  );
  const [loop, rows] = [...times.values()].map(median);
  console.log(
    `orchestration costs ${(((rows - loop) / ROWS) * 1000).toFixed(1)} ms per row beside the program (durable record, estimate and log included)`,
  );
} finally {
  rmSync(project, { recursive: true });
}
