// Runs one phase of a script as a child that inherits the terminal, and says how long it took.
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** `npm run` puts the tools of the workspace on PATH; a bare `node scripts/…` gets them here. */
const PATH = [join(ROOT, "node_modules", ".bin"), process.env.PATH].join(delimiter);

/** Runs a command and returns its seconds; a failure ends the script with the command's exit code. */
export function phase(command, args, { quiet = false } = {}) {
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: quiet ? "pipe" : ["ignore", "inherit", "inherit"],
    encoding: "utf8",
    env: { ...process.env, PATH, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
  });
  if (status !== 0) {
    process.stderr.write(`${stdout ?? ""}${stderr ?? ""}${error ? `${error.message}\n` : ""}`);
    process.stderr.write(`\n${command} ${args.join(" ")} failed\n`);
    process.exit(status ?? 1);
  }
  return (performance.now() - start) / 1000;
}

/** Installs exactly what the lockfile says, with the pnpm that package.json names; npm alone is enough. */
export function install() {
  const pnpm = ["--yes", "pnpm@10.34.9"];
  return phase("npx", [...pnpm, "install", "--frozen-lockfile", "--prefer-offline", "--reporter=append-only"], {
    quiet: true,
  });
}
