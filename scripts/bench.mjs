// Runs every benchmark of bench/; each prints machine, versions, ratio and spread, and exits 1 when it misses a bar.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { phase, ROOT } from "./phase.mjs";

phase("turbo", ["run", "build", "--filter=@ea/cli", "--filter=@ea/bench^...", "--output-logs=errors-only"], {
  quiet: true,
});
const failed = readdirSync("bench")
  .filter((file) => file.endsWith(".bench.mjs"))
  .sort()
  .filter((name) => {
    console.log(`\n# bench/${name}`);
    return spawnSync(process.execPath, [`bench/${name}`], { cwd: ROOT, stdio: "inherit" }).status !== 0;
  });
if (failed.length > 0) console.error(`\n${failed.join(", ")} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
