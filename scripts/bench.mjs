// Runs every benchmark of bench/; each prints machine, versions, ratio and spread.
import { readdirSync } from "node:fs";
import { phase } from "./phase.mjs";

phase("turbo", ["run", "build", "--filter=@ea/cli", "--output-logs=errors-only"], { quiet: true });
for (const name of readdirSync("bench")
  .filter((file) => file.endsWith(".bench.mjs"))
  .sort()) {
  console.log(`\n# bench/${name}`);
  phase(process.execPath, [`bench/${name}`]);
}
