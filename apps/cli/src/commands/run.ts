import { randomInt } from "node:crypto";
import { relative, resolve } from "node:path";
import {
  configError,
  estimateSession,
  localLauncher,
  type PreparedSession,
  planSession,
  prepareSession,
  runSession,
} from "@ea/runner";
import { type Variables, variableOf } from "../config/variables.ts";
import { executeRows, refuseTwoDocuments } from "../execute-rows.ts";
import { EXIT } from "../exit-codes.ts";
import { planDocument } from "../plan-document.ts";
import { planRunRequest } from "../plan-run.ts";
import { planTable } from "../plan-table.ts";
import { printPieces } from "../print-pieces.ts";
import type { RunFlags } from "../run-options.ts";
import { settingsFromFlags } from "../settings-from-flags.ts";
import { forwardedFlags } from "../slots/forwarded-flags.ts";
import { runInSlots, type SlottedRequest } from "../slots/run-in-slots.ts";
import { type SlotsRequest, slotsRequest } from "../slots/slots-request.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

/** `ea run`: plan, then run. */
export async function run(flags: RunFlags, variables: Variables, terminal: Terminal): Promise<number> {
  refuseTwoDocuments(flags);
  const slots = slotsRequest(flags);
  const inSlots = (asked: SlotsRequest, directory: () => Promise<string>, request: SlottedRequest): Promise<number> =>
    executeRows(flags, terminal, (options) =>
      runInSlots({ ...asked, directory, request, forwarded: forwardedFlags(flags) }, flags, terminal, options),
    );
  if (flags.plan !== undefined) {
    const { directory, rows, ...request } = planRunRequest(flags.plan, flags, terminal);
    if (slots) {
      if (rows) throw usage("--index", "expected without --slots, which claim rows as they come");
      return inSlots(slots, () => Promise.resolve(directory), request);
    }
    return executeRows(flags, terminal, (options) => localLauncher(request, options).launch({ directory, rows }));
  }
  refuseWithoutPlan(flags);
  const prepared = await prepare(flags, variables, terminal);
  const results = resolve(terminal.workingDirectory, flags.results);
  if (flags["dry-run"]) {
    const { plan } = prepared;
    for (const warning of plan.warnings) terminal.err(`${terminal.paint("yellow", warning)}\n`);
    const estimate = await estimateSession(plan, { results, scripts: prepared.scripts });
    await printPieces(flags.json ? planDocument(plan, estimate) : planTable(plan, estimate), terminal);
    return EXIT.ok;
  }
  if (flags["plan-only"]) return writePlanOnly(prepared, results, flags, terminal);
  if (slots) {
    refuseBackground(prepared);
    const directory = async (): Promise<string> => (await planSession(prepared, results)).directory;
    const { environment } = terminal;
    return inSlots(slots, directory, { overrides: settingsFromFlags(flags), environment, toolVersion: TOOL_VERSION });
  }
  return executeRows(flags, terminal, (options) => runSession(prepared, { ...options, results }));
}

/** A load that one slot needs would be a load of the others. */
function refuseBackground({ plan }: PreparedSession): void {
  if (!plan.rows.some(({ mode }) => mode === "parallel")) return;
  throw usage("--slots", "expected no experiment of mode parallel: its load would be beside the other slots as well");
}

async function writePlanOnly(
  prepared: PreparedSession,
  results: string,
  { json }: RunFlags,
  terminal: Terminal,
): Promise<number> {
  for (const warning of prepared.plan.warnings) terminal.err(`${terminal.paint("yellow", warning)}\n`);
  const { directory, plan } = await planSession(prepared, results);
  const { session, rows } = plan;
  const document = { session, directory, planned: rows.length };
  terminal.out(json ? `${JSON.stringify(document, undefined, 2)}\n` : `${directory}\n`);
  const path = relative(terminal.workingDirectory, directory) || ".";
  if (!json) terminal.err(`${rows.length} runs are planned. Next: ea run --plan ${path}, or ea slurm submit ${path}\n`);
  return EXIT.ok;
}

function refuseWithoutPlan(flags: RunFlags): void {
  const alone = (["index", "shared-host"] as const).filter((flag) => flags[flag] !== undefined);
  const [flag] = alone;
  if (flag !== undefined) throw usage(`--${flag}`, "expected beside --plan, which says of what plan");
}

async function prepare(flags: RunFlags, variables: Variables, terminal: Terminal): Promise<PreparedSession> {
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
    variables: textOf(variables),
    toolVersion: TOOL_VERSION,
    drawSeed: () => String(randomInt(2 ** 32)),
    now: new Date(),
  });
}

/** The variables that were read, by their names; nothing without any. */
function textOf({ values }: Variables): Record<string, string> | undefined {
  const read = Object.entries(values).map(([flag, value]) => [variableOf(flag), String(value)]);
  return read.length === 0 ? undefined : Object.fromEntries(read);
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
