import { BASELINES, COOL_DOWNS, GATES, GOVERNORS, ORDERS, STRATEGIES } from "@ea/runner/words";
import type { InferredOptionTypes, Options } from "yargs";
import { choice, jsonFlag, text, yes } from "./flag-kinds.ts";

/** Where the configuration is found; every command that reads it has these. */
export const configOptions = {
  config: { ...text("models_config.json", "c"), default: "config/models_config.json" },
  project: text("directory that relative paths start from (default: working directory)"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** Flags that do not change the plan; numbers are strings here and read strictly later. */
const executionOptions = {
  "max-retries": text("further attempts after a failed one (2)", "mr"),
  "retry-timeouts": yes("try a training that ran out of time again"),
  timeout: text("seconds after which a training is ended (36000)"),
  "warm-up": text("trainings before the first run, which do not count (0)"),
  stall: text("seconds without output and CPU time after which a training is ended, 0: never (1800)"),
  sleep: { type: "boolean", describe: "--no-sleep: no sleep between runs, retries, configurations" },
  "cool-down": choice("what ends the rest between two runs: power and temperature at idle, or time (idle)", COOL_DOWNS),
  "retry-sleep": text("seconds between two attempts (30)"),
  "run-sleep": text("seconds between two runs (60)"),
  "config-sleep": text("seconds between two experiments (120)"),
  gate: choice("what a machine that is not free means: processes, load or heat of others (wait)", GATES),
  governor: choice("CPU frequency governor for the session", GOVERNORS, "g"),
  require: text("refuse to start without these energies: cpu,dram,gpu"),
  results: { ...text("directory of all sessions"), default: "results" },
  "keep-failed": yes("keep the raw files of failed attempts after a success"),
  "fail-fast": yes("stop after the first run that does not succeed"),
  "max-fast-failures": text("stop after so many runs in a row that fail within seconds, 0: never (3)"),
  "max-joules": text("start no run once the measured energies come to so many joules"),
  "max-hours": text("start no run after so many hours"),
  strict: yes("fewer distinct configurations than asked for are an error"),
  "dry-run": yes("print the plan and stop"),
  events: yes("one JSON event a line on stdout"),
  heartbeat: text("seconds between two lines that say that it goes on, where there is no live display; 0: none (300)"),
  quiet: yes("warnings, errors and the final table only"),
} as const satisfies Record<string, Options>;

/** Flags of `ea run`. */
export const runOptions = {
  ...configOptions,
  repo: text("repository of models_config.json", "r"),
  model: text("model of the repository", "m"),
  mutate: text("hyperparameters to mutate, separated by commas, or all", "mt"),
  runs: text("distinct configurations of each experiment", "n"),
  seed: text("seed of the plan (default: drawn and printed)", "s"),
  repetitions: text("repetitions of each configuration, each with its own training seed (1)"),
  strategy: choice("how configurations are chosen (random)", STRATEGIES),
  space: text('JSON that changes the space: \'{"epochs":{"range":[1,5]}}\''),
  history: text("directories of earlier sessions, separated by commas, whose configurations are not drawn again"),
  objectives: text("what strategy evolve makes better: accuracy:maximize,cpu_energy_total_joules:minimize"),
  baseline: choice("whether every block holds the baseline as well (none)", BASELINES),
  order: choice("shuffled blocks of all configurations, or the file's order (block)", ORDERS),
  "experiment-config": text("experiment file, also looked up under config/", "ec"),
  "plan-only": yes("write the session with its plan, and run nothing: ea run --plan or ea slurm submit do"),
  plan: text("run a plan that is written, beside others who do: its session, or its plan.json"),
  index: text("of the plan, exactly this row, or these: 4, 4-7"),
  slots: text("runs beside each other on this host, each with GPUs of its own; no energy of the host then (1)"),
  "gpus-per-run": text("GPUs of each slot (1 where there are any)"),
  isolated: text("runs to be trained once more alone after the slots: what they differ by is what slots cost (0)"),
  "shared-host": yes("others may compute on this host meanwhile: records say that energies of the host are theirs too"),
  ...executionOptions,
} as const satisfies Record<string, Options>;

/** Flags that a plan on disk has the answer to. */
export const PLANNING_FLAGS = [
  "repo",
  "model",
  "mutate",
  "runs",
  "seed",
  "repetitions",
  "strategy",
  "space",
  "history",
  "objectives",
  "baseline",
  "order",
  "experiment-config",
] as const satisfies readonly RunFlag[];

/** The name of a flag of `ea run`. */
export type RunFlag = keyof typeof runOptions;

/** The flags of `ea run`, as yargs delivers them. */
export type RunFlags = InferredOptionTypes<typeof runOptions>;

/** Flags of `ea resume`: those of `ea run` that do not change the plan, as it was planned without them. */
export const resumeOptions = {
  ...executionOptions,
  config: text("models_config.json, when it has moved", "c"),
  project: text("directory that relative paths start from, when it has moved"),
  json: jsonFlag,
  runs: text("more distinct configurations of each experiment than were planned", "n"),
  "retry-failed": yes("run failed rows once more; their records stay as experiment.1.json"),
  "take-over": yes("also rows whose process cannot be seen from here: of another host, and it has ended"),
  force: yes("go on although configuration, script or hardware have changed; records are flagged"),
} as const satisfies Record<string, Options>;

/** The flags of `ea resume`, as yargs delivers them. */
export type ResumeFlags = InferredOptionTypes<typeof resumeOptions>;

/** The flags of both that say how rows are executed and told. */
export type ExecutionFlags = InferredOptionTypes<typeof executionOptions & { json: typeof jsonFlag }>;
