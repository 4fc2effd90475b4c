import { basename, dirname, resolve } from "node:path";
import type { RowRange } from "@ea/records";
import { configError, type PlanRunRequest } from "@ea/runner";
import { configOptions, PLANNING_FLAGS, type RunFlags } from "./run-options.ts";
import { sessionPath } from "./session/session-path.ts";
import { settingsFromFlags } from "./settings-from-flags.ts";
import type { Terminal } from "./terminal.ts";
import { TOOL_VERSION } from "./version.ts";

/**
 * What `ea run --plan` asks for.
 *
 * @throws {RunnerError} `CONFIG` for flags that only a new plan can have, and for an index that is none.
 */
export function planRunRequest(given: string, flags: RunFlags, terminal: Terminal): PlanRunRequest {
  const alone = [...PLANNING_FLAGS, "dry-run", "plan-only"] as const;
  const besides = alone.filter((flag) => flags[flag] !== undefined);
  if (besides.length > 0) {
    throw usage("--plan", `expected a plan alone, found beside ${besides.map((flag) => `--${flag}`).join(", ")}`);
  }
  const path = basename(given) === "plan.json" ? dirname(given) : given;
  return {
    directory: sessionPath(path, flags.results, terminal),
    rows: flags.index === undefined ? undefined : rowRange(flags.index),
    overrides: settingsFromFlags(flags),
    environment: terminal.environment,
    project: flags.project === undefined ? undefined : resolve(terminal.workingDirectory, flags.project),
    configFile: flags.config === configOptions.config.default ? undefined : flags.config,
    isHostShared: flags["shared-host"],
    toolVersion: TOOL_VERSION,
  };
}

/** `4`, `4-7` */
function rowRange(text: string): RowRange {
  const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(text.trim()) ?? [];
  const [first, last] = [Number(from), Number(to)];
  if (from !== "" && Number.isSafeInteger(last) && first <= last) return { first, count: last - first + 1 };
  throw usage("--index", `expected a row such as 4, or rows such as 4-7, found "${text}"`);
}

function usage(path: string, message: string): Error {
  return configError([{ file: undefined, path, message }]);
}
