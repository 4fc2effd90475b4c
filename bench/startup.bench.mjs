// What the CLI costs before it does anything, beside a node that does nothing, Python's tools and bare pnpm; exits 1 when a
// bar is missed.
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { compare, describeMachine, median, ratios, seconds } from "./compare.mjs";
import { findCommandLines } from "./peers.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const ea = "apps/cli/dist/bin.js";
const run = (command, ...args) => ({ run: () => seconds(command, args, { cwd: root }) });
const node = (...args) => run(process.execPath, ...args);
const bars = createBars();

describeMachine();
const peers = findCommandLines();
for (const { name, reason } of peers) if (reason !== undefined) console.log(`${name}: not measured: ${reason}`);
const tools = compare(
  [
    { name: "node -e 0", ...node("-e", "0") },
    { name: "ea --help", ...node(ea, "--help") },
    { name: "ea list", ...node(ea, "list") },
    ...peers.flatMap(({ name, command }) => (command ? [{ name, ...run(...command) }] : [])),
  ],
  15,
);
const timesNode = (name) => median(ratios(tools.get(name), tools.get("node -e 0")));
bars.atMost("ea --help beside node -e 0", timesNode("ea --help"), 2.5, "×");
bars.atMost("ea list beside node -e 0", timesNode("ea list"), 4, "×");

await bars.part("pnpm cli", () => {
  const times = compare(
    [
      { name: "pnpm exec ea --version (bare pnpm)", ...run("npx", "pnpm", "exec", "node", ea, "--version") },
      { name: "pnpm cli --version (builds what is stale)", ...run("npx", "pnpm", "cli", "--version") },
    ],
    7,
  );
  const [bare, checked] = [...times.values()].map(median);
  bars.atMost("pnpm cli when nothing is stale, beside pnpm exec", checked - bare, 0.5, "s");
});
process.exitCode = bars.missed.length > 0 ? 1 : 0;
