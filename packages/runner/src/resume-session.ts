import { extendPlan, type Flag, type Plan, type RowRange, readPlan } from "@ea/records";
import { basisOf, machineOf } from "./basis.ts";
import { type Difference, differences, differenceText } from "./differences.ts";
import { RunnerError } from "./errors.ts";
import type { SessionResult } from "./events.ts";
import { executeSession } from "./execute-session.ts";
import { extendRows } from "./extend-plan.ts";
import { findMeters } from "./find-meters.ts";
import { readStoredRequest, storedRequest, storedSettings } from "./plan-request.ts";
import { planned, refuseShortfalls } from "./prepare-session.ts";
import { readHistory } from "./read-history.ts";
import { readPart } from "./read-part.ts";
import { otherMachineFlags } from "./reference-machine.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import { type ExperimentsRequest, type ResolvedSession, refuseProblems, resolveSession } from "./resolve-session.ts";
import type { OpenSession, SessionOptions } from "./session-options.ts";
import type { SettingsOverrides } from "./settings.ts";

/** How an earlier session goes on. */
export interface ResumeRequest {
  /** The session's directory. */
  readonly directory: string;
  /** Settings that do not change the plan, and `runs`, which makes it longer. */
  readonly overrides: SettingsOverrides;
  /** Variables of the caller: where environments of trainings are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the project is now, when it has moved. */
  readonly project?: string | undefined;
  readonly configFile?: string | undefined;
  /** Whether rows that have failed run once more; their records stay as `experiment.1.json` …. */
  readonly retriesFailed?: boolean | undefined;
  /** Whether rows are taken over whose process cannot be seen from here: of another host. */
  readonly takesOver?: boolean | undefined;
  /** Whether it goes on although configuration, script or hardware have changed; the records are flagged then. */
  readonly isForced?: boolean | undefined;
  readonly toolVersion: string;
  /** The rows to be executed beside other processes; without it all that are left. */
  readonly rows?: RowRange | undefined;
  /** Whether it may be another machine than the one that it was planned on; the records of other models are flagged then. */
  readonly mayMove?: boolean | undefined;
  /** Whether others may compute on this host meanwhile, who are not seen from here: the records are flagged. */
  readonly isHostShared?: boolean | undefined;
}

/** A session that is to go on, and whether its plan on disk is still the shorter one. */
export interface ResumableSession extends OpenSession {
  readonly isExtended: boolean;
}

/**
 * Reads and checks a session that is to go on; starts and writes nothing.
 *
 * @throws {RunnerError} `CONFIG` for a configuration that cannot be used, `CHANGED` with what has changed, `NOT_FIT`.
 * @throws {RecordsError} `BAD_PLAN`, `TOO_NEW`.
 */
export async function openSession(request: ResumeRequest, meters: SessionOptions["meters"]): Promise<ResumableSession> {
  const { directory, overrides, toolVersion } = request;
  const part = request.rows && (await readPart(directory, request.rows));
  const stored = part?.plan ?? (await readPlan(directory));
  const asked = readStoredRequest(stored.request, directory);
  const experimentsRequest: ExperimentsRequest = {
    project: request.project ?? asked.project,
    configFile: request.configFile ?? asked.config_file,
    experimentFile: asked.experiment_file ?? undefined,
    experiment: asked.experiment ?? undefined,
    runs: overrides.runs ?? asked.runs ?? undefined,
    variables: asked.variables,
    environment: request.environment,
  };
  const resolved = await resolveSession(experimentsRequest, () => storedSettings(asked, overrides));
  refuseProblems(resolved.problems);
  const { settings, experiments, scripts } = resolved;
  const { sources, devices } = await findMeters(meters, settings);

  const { machine, ...fixed } = stored.basis ?? {};
  const isPlaced = machine !== undefined && request.mayMove !== true;
  const basis: unknown = JSON.parse(
    JSON.stringify({ ...(await basisOf(experiments, scripts)), ...(isPlaced && { machine: machineOf(devices) }) }),
  );
  const changes = differences(isPlaced ? { ...fixed, machine } : fixed, basis);
  if (changes.length > 0 && request.isForced !== true) throw changed(changes);
  checkRows(stored, experiments);

  const longer =
    overrides.runs === undefined ? stored : await longerPlan(stored, resolved, experimentsRequest, request);
  const isExtended = longer.rows.length > stored.rows.length;
  return {
    directory,
    plan: isExtended
      ? { ...longer, request: storedRequest(experimentsRequest, settings, stored.seed), basis: stored.basis }
      : stored,
    isExtended,
    toolVersion,
    settings,
    experiments,
    scripts,
    sources,
    devices,
    warnings: longer === stored ? [] : longer.warnings,
    flags: [
      ...(changes.length > 0 ? [changedFlag(changes)] : []),
      ...(request.isHostShared === true ? [hostSharedFlag()] : []),
      ...(request.mayMove === true ? await otherMachineFlags(directory, devices) : []),
    ],
    retriesFailed: request.retriesFailed ?? false,
    takesOver: request.takesOver ?? false,
    part,
  };
}

/**
 * Continues a session: exactly its planned rows that have no record yet, with their own values, in their own directories.
 *
 * @throws as `openSession`, and {RecordsError} `NOT_WRITABLE`.
 */
export async function resumeSession(request: ResumeRequest, options: SessionOptions): Promise<SessionResult> {
  const session = await openSession(request, options.meters);
  if (session.isExtended) await extendPlan(session.directory, session.plan);
  return executeSession(session, options);
}

async function longerPlan(
  { session, seed, rows, metadata }: Plan,
  { settings, experiments }: ResolvedSession,
  { project, experimentFile }: ExperimentsRequest,
  { toolVersion }: ResumeRequest,
): Promise<Plan> {
  const { runs: history, problems } = await readHistory(settings, project, experimentFile);
  refuseProblems(problems);
  const longer = planned({ experiments, settings, seed, history, toolVersion, session, metadata });
  refuseShortfalls(longer.warnings, settings.strict);
  return extendRows(rows, longer);
}

/** What the rows were planned for has to be there, forced or not. */
function checkRows({ rows }: Plan, experiments: ResolvedSession["experiments"]): void {
  for (const { row, experiment, repository, model, background } of rows) {
    const wanted = trainingText({ repository, model }, background);
    const now = experiments[experiment];
    const found = now ? trainingText(now, now.background?.experiment) : "nothing";
    if (wanted === found) continue;
    throw new RunnerError("CHANGED", `Row ${row} is of ${wanted}, but experiment ${experiment} is now ${found}`);
  }
}

type Training = Pick<RequestedExperiment, "repository" | "model">;

/** `digits/mlp beside digits/cnn` */
function trainingText({ repository, model }: Training, beside: Training | undefined): string {
  return `${repository}/${model}${beside ? ` beside ${beside.repository}/${beside.model}` : ""}`;
}

function changed(changes: readonly Difference[]): RunnerError {
  const lines = changes.map((change) => `  ${differenceText(change)}`);
  const advice = "With --force it goes on, and the records say so; a new `ea run` is better.";
  return new RunnerError("CHANGED", ["Changed since the session was planned:", ...lines, advice].join("\n"));
}

function changedFlag(changes: readonly Difference[]): Flag {
  const message = `resumed by force although this had changed: ${changes.map(({ path }) => path).join(", ")}`;
  return { code: "changed-since-plan", severity: "error", message, evidence: { changes: changes.map(differenceText) } };
}

function hostSharedFlag(): Flag {
  const message = "the host was not this run's alone: energies of the host may be of others too";
  return { code: "shared-host", severity: "error", message, evidence: {} };
}
