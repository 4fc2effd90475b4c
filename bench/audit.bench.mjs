// How many records a second `ea audit` looks through, telemetry included, beside node that only reads the same files, and in
// how much memory; exits 1 when it takes more than so many times as long, or when four times the runs need twice the memory.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { compare, describeMachine, median, output, ratios, seconds } from "./compare.mjs";
import { writeOriginalRuns } from "./original-runs.mjs";

const RUNS = 1000;
const ROWS = 2000;
const LEAST_PER_SECOND = 100;
const MOST_TIMES = 20;
const MOST_GROWTH = 2;
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "ea-bench-"));

/** A directory of sessions with so many runs. */
function makeResults(runs) {
  const [source, results] = [join(work, `original-${runs}`), join(work, `results-${runs}`)];
  writeOriginalRuns(source, runs, ROWS);
  output(process.execPath, [ea, "import", source, "-o", results], { maxBuffer: 2 ** 28 });
  return results;
}

/** Runs a command that says with an exit code what it has found. */
const audit = `const { spawnSync } = require("child_process"); const { status } = spawnSync(process.execPath, process.argv.slice(1), { stdio: "ignore" }); process.exit([0, 5].includes(status) ? 0 : 1);`;

/** Peak memory of an audit in MiB. */
function mebibytes(results) {
  const script = `process.argv.splice(1, 1); process.on("exit", () => console.error("peak " + process.resourceUsage().maxRSS)); await import(process.argv[1]);`;
  const shell = `"$0" --input-type=module -e '${script}' x "$@" 2>&1 >/dev/null | sed -n 's/^peak //p'`;
  return Number(output("sh", ["-c", shell, process.execPath, ea, "audit", results, "--json"])) / 1024;
}

describeMachine();
try {
  const bars = createBars();
  const [few, many] = [RUNS / 4, RUNS].map(makeResults);
  const read = `const fs = require("fs"), path = require("path"); const walk = (d) => { for (const e of fs.readdirSync(d, { withFileTypes: true })) { const p = path.join(d, e.name); if (e.isDirectory()) walk(p); else if (/^(experiment.json|gpu_.*csv)$/.test(e.name)) fs.readFileSync(p); } }; walk(process.argv[1]);`;
  const times = compare(
    [
      { name: `node reads the files of ${RUNS} runs`, run: () => seconds(process.execPath, ["-e", read, many]) },
      {
        name: `ea audit, ${RUNS} runs`,
        run: () => seconds(process.execPath, ["-e", audit, ea, "audit", many, "--json"]),
      },
    ],
    3,
  );
  const [reading, auditing] = [...times.values()];
  bars.atLeast(`records of ${ROWS} rows per second`, RUNS / median(auditing), LEAST_PER_SECOND, "1/s");
  bars.atMost("time beside reading alone", median(ratios(auditing, reading)), MOST_TIMES, "×");
  const [small, large] = [few, many].map(mebibytes);
  console.log(`${small.toFixed(0)} MiB for ${RUNS / 4} runs, ${large.toFixed(0)} MiB for ${RUNS}`);
  bars.atMost("memory for four times the runs", large / small, MOST_GROWTH, "×");
  if (bars.missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}
