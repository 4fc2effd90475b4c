// Builds the CLI when its sources have changed. stdout belongs to the CLI, so nothing is written there.
import { spawnSync } from "node:child_process";

const { status, stdout, stderr } = spawnSync(
  "turbo",
  ["run", "build", "--filter=@ea/cli", "--output-logs=errors-only"],
  {
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
  },
);
if (status !== 0) {
  process.stderr.write(`${stdout ?? ""}${stderr ?? "turbo is missing: npm run setup"}`);
  process.exit(1);
}
