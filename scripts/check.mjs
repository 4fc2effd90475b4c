// Everything that a change has to pass besides the tests.
import { readdirSync } from "node:fs";
import { phase } from "./phase.mjs";

const packages = readdirSync("packages").map((name) => `packages/${name}`);
const steps = [
  ["format", "biome", ["ci", "--error-on-warnings", "."]],
  ["lint, with types", "oxlint", ["--type-aware", "--deny-warnings"]],
  ["types and build", "turbo", ["run", "typecheck", "build", "--output-logs=errors-only"]],
  ["types of the recipes and the shared tests", "tsc", ["--noEmit", "-p", "tsconfig.json"]],
  ["unused code and dependencies", "knip", []],
  ...packages.map((path) => [`${path}: publishable`, "publint", ["--strict", path]]),
  ...packages.map((path) => [
    `${path}: types resolve`,
    "attw",
    ["--pack", path, "--profile", "esm-only", "--format", "table-flipped"],
  ]),
  ["every export documented", "typedoc", []],
];
for (const [what, command, args] of steps) {
  const seconds = phase(command, args, { quiet: true });
  console.log(`ok ${seconds.toFixed(1).padStart(5)} s `, what);
}
