// `pnpm cli`: builds the CLI when one of its sources is newer than it, then becomes it. stdout belongs to the CLI.
import { readdirSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { phase, ROOT } from "./phase.mjs";

const BIN = join(ROOT, "apps/cli/dist/bin.js");

/** Milliseconds of the last change below a path; a directory changes when something in it is added or removed. */
function changedMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  const below = stats.isDirectory() ? readdirSync(path).map((name) => changedMs(join(path, name))) : [];
  return Math.max(stats.mtimeMs, ...below);
}

const packages = readdirSync(join(ROOT, "packages")).map((name) => join("packages", name));
const sources = ["apps/cli", ...packages].flatMap((path) => [join(path, "src"), join(path, "package.json")]);
const inputs = [...sources, "apps/cli/tsup.config.ts", "pnpm-lock.yaml"].map((path) => join(ROOT, path));
if (Math.max(...inputs.map(changedMs)) > (statSync(BIN, { throwIfNoEntry: false })?.mtimeMs ?? 0)) {
  phase("turbo", ["run", "build", "--filter=@ea/cli", "--output-logs=errors-only"], { quiet: true });
  const now = new Date();
  utimesSync(BIN, now, now);
}
await import(pathToFileURL(BIN).href);
