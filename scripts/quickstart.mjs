// From a fresh clone to measured trainings: installs, builds, trains four mutations of a small network.
import { install, phase } from "./phase.mjs";

console.log("Installing …");
const installSeconds = install();
console.log("Building …");
const buildSeconds = phase("turbo", ["run", "build", "--filter=@ea/cli", "--output-logs=errors-only"], { quiet: true });
console.log("Training four mutations of digits/mlp …\n");
const demo = ["run", "--experiment-config", "config/settings/demo.json", "--no-sleep"];
const runSeconds = phase(process.execPath, ["apps/cli/dist/bin.js", ...demo]);

const phases = { install: installSeconds, build: buildSeconds, run: runSeconds };
const seconds = Object.entries(phases).map(([name, value]) => `${name} ${value.toFixed(1)} s`);
console.log(`\nSeconds:  ${seconds.join(", ")}`);
console.log("Here:     ea is npx pnpm cli; in every directory: alias ea=\"node '$PWD/apps/cli/dist/bin.js'\"");
