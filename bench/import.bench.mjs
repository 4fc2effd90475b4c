// How many runs of the original `ea import` makes records of in a second, raw traces included, and in how much memory;
// exits 1 below 200 records per second, or when four times the runs need half as much memory again.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { describeMachine, output } from "./compare.mjs";
import { writeOriginalRuns } from "./original-runs.mjs";

const RUNS = 1200;
const ROWS = 2000;
const LEAST_PER_SECOND = 200;
const MOST_GROWTH = 1.5;
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "ea-bench-"));

/** Wall time and CPU time in seconds, and peak memory in MiB, of one import. */
function measured(runs) {
  const source = join(work, `original-${runs}`);
  writeOriginalRuns(source, runs, ROWS);
  const script = `process.argv.splice(1, 1); const start = performance.now(); process.on("exit", () => { const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage(); console.error("used " + JSON.stringify([(performance.now() - start) / 1000, userCPUTime / 1e6, systemCPUTime / 1e6, maxRSS / 1024])); }); await import(process.argv[1]);`;
  const shell = `"$0" --input-type=module -e '${script}' x "$@" 2>&1 >/dev/null | sed -n 's/^used //p'`;
  const args = [ea, "import", source, "-o", join(work, `results-${runs}`)];
  const [wall, user, system, mebibytes] = JSON.parse(output("sh", ["-c", shell, process.execPath, ...args], {}));
  console.log(
    `${runs} runs: ${wall.toFixed(2)} s (${user.toFixed(2)} s user, ${system.toFixed(2)} s system), ${mebibytes.toFixed(0)} MiB`,
  );
  return { wall, user, mebibytes };
}

describeMachine();
try {
  const bars = createBars();
  const [few, many] = [RUNS / 4, RUNS].map(measured);
  bars.atLeast(`records of ${ROWS} rows per second`, RUNS / many.wall, LEAST_PER_SECOND, "1/s");
  bars.atMost("memory for four times the runs", many.mebibytes / few.mebibytes, MOST_GROWTH, "×");
  if (bars.missed.length > 0) process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true });
}
