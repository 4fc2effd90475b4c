export { type Clock, systemClock } from "./clock.ts";
export { configSchemas } from "./config-schemas.ts";
export { argumentText } from "./configurations.ts";
export {
  CONFIG_SLEEP_SECONDS,
  DEFAULT_MAX_RETRIES,
  DEFAULT_TRAINING_TIMEOUT_SECONDS,
  GOVERNOR_TIMEOUT_SECONDS,
  KILL_GRACE_SECONDS,
  RETRY_SLEEP_SECONDS,
  RUN_SLEEP_SECONDS,
} from "./defaults.ts";
export { heatReasons } from "./device-flags.ts";
export type { RecoverEnergy, RecoveredEnergy } from "./earlier-attempts.ts";
export type { EndedTree } from "./end-tree.ts";
export { rowsLeft } from "./ended-rows.ts";
export { configError, type Problem, RunnerError, type RunnerErrorCode } from "./errors.ts";
export { estimateSession } from "./estimate-session.ts";
export { eventToJson, resultToJson } from "./event-json.ts";
export type { OnEvent, SessionEvent, SessionResult } from "./events.ts";
export { ExperimentFile } from "./experiment-file.ts";
export { ExperimentItem } from "./experiment-item.ts";
export { fatalPatterns } from "./failure-patterns.ts";
export { inspectAll } from "./gate.ts";
export { judge, type Verdict } from "./judge.ts";
export { type Launcher, localLauncher, type PlannedWork } from "./launcher.ts";
export { loadExperimentFile, loadModelsConfig } from "./load-config.ts";
export { makePlan, type PlanRequest } from "./make-plan.ts";
export { type Measured, type Measurement, type MeterResult, startMeters } from "./measure.ts";
export { type MeasuredCommand, type MeasuringContext, measureCommand } from "./measure-command.ts";
export { foundMetrics, logFlags } from "./metric-flags.ts";
export { ModelsConfig, RepositoryConfig } from "./models-config.ts";
export { endOrphans, findOrphans, type Orphan } from "./orphans.ts";
export { SLOTS_VARIABLE } from "./our-processes.ts";
export { type EstimatedRange, type PlanEstimate, sleepSeconds } from "./plan-estimate.ts";
export { Preemption } from "./preemption.ts";
export { type PreparedSession, prepareSession, type SessionRequest } from "./prepare-session.ts";
export { type ProbedParameter, type ProbeFindings, type ProbeRequest, probe } from "./probe.ts";
export type { ProbeVerdict } from "./probe-verdict.ts";
export { isAlive, type ProcessIdentity, thisProcess } from "./process-identity.ts";
export type { RequestedExperiment } from "./requested-experiment.ts";
export { openSession, type ResumableSession, type ResumeRequest, resumeSession } from "./resume-session.ts";
export { type PlanRunRequest, runPlan } from "./run-plan.ts";
export { type PlannedSession, planSession, runSession } from "./run-session.ts";
export type { Scheduler } from "./session-claims.ts";
export type { OpenSession, SessionOptions } from "./session-options.ts";
export { type SessionStanding, sessionStanding } from "./session-standing.ts";
export { newSessionTag } from "./session-tag.ts";
export { resolveSettings, type Settings, type SettingsOverrides } from "./settings.ts";
export type { Slot } from "./slot.ts";
export { writeAccounting } from "./slurm/accounting-table.ts";
export type { SlurmCalls } from "./slurm/call-slurm.ts";
export { examinedNode, type NodeRequest } from "./slurm/doctor.ts";
export type { NodeCheck } from "./slurm/doctor-verdict.ts";
export { DEFAULT_PROFILE, loadSlurmProfile, SlurmProfile } from "./slurm/profile.ts";
export { slurmScheduler } from "./slurm/scheduler.ts";
export { slurmLauncher } from "./slurm/slurm-launcher.ts";
export {
  type ArrayStanding,
  cancelJobs,
  type SlurmStanding,
  sessionTasks,
  slurmStanding,
} from "./slurm/standing.ts";
export type { SubmitResult } from "./slurm/submit.ts";
export { spaceNotices } from "./space-notices.ts";
export type { CommandExit, CommandProcess, CommandStream, TreeMark } from "./supervise.ts";
export { cgroupState } from "./training-cgroup.ts";
export type { TrainingScript } from "./training-script.ts";
export { startWatchdog, type Watchdog } from "./watchdog.ts";
