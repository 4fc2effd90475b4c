import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { type Plan, planRowToJson, planToJson, readRecords } from "@ea/records";
import { configError, type PreparedSession, prepareSession, runSession, type SessionEvent } from "@ea/runner";
import { eventToJson, resultToJson } from "../event-json.ts";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { allMeters } from "../meters.ts";
import { plainReporter } from "../plain-reporter.ts";
import { planTable } from "../plan-table.ts";
import { resultTable } from "../result-table.ts";
import type { RunFlags } from "../run-options.ts";
import { tagSession } from "../session-tag.ts";
import { settingsFromFlags } from "../settings-from-flags.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea run`: plan, then run. */
export async function run(flags: RunFlags, terminal: Terminal): Promise<number> {
  if (flags.json && flags.events)
    throw usage("--events", "expected not both --json and --events: both write to stdout");
  const prepared = await prepare(flags, terminal);
  if (flags["dry-run"]) {
    const { plan } = prepared;
    for (const warning of plan.warnings) terminal.err(`${terminal.paint("yellow", warning)}\n`);
    terminal.out(flags.json ? `${JSON.stringify(planDocument(plan), undefined, 2)}\n` : planTable(plan));
    return EXIT.ok;
  }
  return execute(prepared, flags, terminal);
}

async function prepare(flags: RunFlags, terminal: Terminal): Promise<PreparedSession> {
  const { repo, model, mutate, space, "experiment-config": experimentFile } = flags;
  const overrides = settingsFromFlags(flags);
  const given = Object.entries({ repo, model, mutate, space }).filter(([, value]) => value !== undefined);
  if (experimentFile !== undefined && given.length > 0) {
    throw usage("--experiment-config", `expected alone, found beside ${given.map(([name]) => `--${name}`).join(", ")}`);
  }
  if (experimentFile === undefined) {
    if (repo === undefined)
      throw usage("--repo", "expected a repository, or --experiment-config FILE; `ea list` shows what there is");
    if (model === undefined) throw usage("--model", `expected a model of ${repo}; \`ea list\` shows what there is`);
    if (mutate === undefined) throw usage("--mutate", "expected hyperparameters, separated by commas, or all");
  }
  return prepareSession({
    project: resolve(terminal.workingDirectory, flags.project ?? "."),
    configFile: flags.config,
    experimentFile,
    experiment:
      repo === undefined || model === undefined ? undefined : { repo, model, mutate, space: spaceChange(space) },
    overrides,
    environment: terminal.environment,
    isStrict: flags.strict,
    toolVersion: TOOL_VERSION,
    drawSeed: () => String(randomInt(2 ** 32)),
    now: new Date(),
  });
}

async function execute(prepared: PreparedSession, flags: RunFlags, terminal: Terminal): Promise<number> {
  const { tag, watchdog, environment } = tagSession(terminal);
  const report = plainReporter(terminal, { isQuiet: flags.quiet === true });
  const onEvent = (event: SessionEvent): void => {
    if (flags.events) terminal.out(`${JSON.stringify(eventToJson(event, new Date()))}\n`);
    report(event);
  };
  const words = "Stopping: the training gets 10 s to end. Again to kill it now.";
  const { result, interruptedBy } = await interruptible(terminal, { words }, ({ signal, killSignal }) =>
    runSession(prepared, {
      meters: allMeters(terminal.environment),
      results: resolve(terminal.workingDirectory, flags.results),
      environment,
      tag,
      onMark: watchdog.mark,
      onEvent,
      signal,
      killSignal,
    }),
  );
  if (flags.json) terminal.out(`${JSON.stringify(resultToJson(result), undefined, 2)}\n`);
  else if (!flags.events) terminal.out(`\n${resultTable(result, await readRecords(result.directory))}`);
  if (interruptedBy) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  return result.completed === result.planned ? EXIT.ok : EXIT.finishedWithFailures;
}

/** The document of `ea run --dry-run --json`. */
function planDocument(plan: Plan): Record<string, unknown> {
  return { ...planToJson(plan), rows: plan.rows.map(planRowToJson) };
}

function spaceChange(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  const expected = 'expected a JSON object such as {"epochs":{"range":[1,5]}}';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw usage("--space", `${expected}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw usage("--space", `${expected}, found ${text}`);
  return { ...value };
}

function usage(path: string, message: string): Error {
  return configError([{ file: undefined, path, message }]);
}
