// Installs, builds what tests run as real programs, runs all tests and ends with `N passed, N failed`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { install, phase, ROOT } from "./phase.mjs";

install();
phase("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true });

const directory = mkdtempSync(join(tmpdir(), "ea-test-"));
const report = join(directory, "report.json");
const vitest = [
  "run",
  "--config",
  "config/vitest.ts",
  "--reporter=default",
  "--reporter=json",
  `--outputFile=${report}`,
];
const { status } = spawnSync(join(ROOT, "node_modules/.bin/vitest"), [...vitest, ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ["ignore", "inherit", "inherit"],
});
const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
rmSync(directory, { recursive: true });

const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const skipped = new Set(
  tests
    .filter((test) => test.status === "skipped")
    .map(({ ancestorTitles, title }) => {
      const titles = [...ancestorTitles, title];
      return titles.find((text) => text.includes("(skipped: ")) ?? titles.join(" > ");
    }),
);
for (const title of skipped) console.log(title);
// A file that could not even be loaded has no tests to count, but it has failed
const broken = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
const counts = [`${numPassedTests} passed`, `${numFailedTests + broken} failed`];
if (numPendingTests > 0) counts.push(`${numPendingTests} skipped`);
console.log(counts.join(", "));
process.exit(status ?? 1);
