// What the CLI costs before it does anything, beside a node that does nothing and beside bare pnpm.
import { fileURLToPath } from "node:url";
import { compare, describeMachine, median, seconds } from "./compare.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const node =
  (...args) =>
  () =>
    seconds(process.execPath, args, { cwd: root });
const pnpm =
  (...args) =>
  () =>
    seconds("pnpm", args, { cwd: root });
const ea = "apps/cli/dist/bin.js";

describeMachine();
compare(
  [
    { name: "node -e 0", run: node("-e", "0") },
    { name: "ea --help", run: node(ea, "--help") },
    { name: "ea list", run: node(ea, "list") },
  ],
  15,
);
console.log();
const times = compare(
  [
    { name: "pnpm exec ea --version (bare pnpm)", run: pnpm("exec", "node", ea, "--version") },
    { name: "pnpm cli --version (builds what is stale)", run: pnpm("cli", "--version") },
  ],
  7,
);
const [bare, checked] = [...times.values()].map(median);
console.log(`pnpm cli adds ${(checked - bare).toFixed(2)} s when nothing is stale (target: at most 0.5 s)`);
