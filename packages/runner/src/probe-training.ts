import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { type MetricResult, scanLog } from "@ea/metrics-parser";
import { fatalPatterns } from "./failure-patterns.ts";
import { judge, type Verdict } from "./judge.ts";
import { logLines } from "./log-lines.ts";
import { measureCommand } from "./measure-command.ts";
import { echoPatterns, withoutEchoes } from "./parameter-echoes.ts";
import type { Vector } from "./probe-pairs.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import type { CommandProcess } from "./supervise.ts";
import { trainingArguments } from "./training-arguments.ts";
import type { TrainingScript } from "./training-script.ts";

/** More of a log is not compared line by line. */
const MOST_BYTES = 4 * 2 ** 20;

/** What trainings of a probe need besides their values. */
export interface ProbeContext {
  readonly experiment: Pick<RequestedExperiment, "config" | "model">;
  readonly script: TrainingScript;
  /** For their logs, and for what they write where their environment tells them to. */
  readonly directory: string;
  readonly timeoutSeconds: number;
  /** Environment of the caller, passed on to the trainings. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Marks the processes, unique among all sessions. */
  readonly tag: string;
  /** Told what finds the processes of each training when this one is gone: for a watchdog. */
  readonly onMark?: CommandProcess["onMark"];
  readonly signal?: AbortSignal | undefined;
  readonly killSignal?: AbortSignal | undefined;
}

/** What a training of a probe printed, and how it ended. */
export interface ProbeTraining {
  readonly verdict: Verdict;
  readonly isTimeout: boolean;
  readonly metrics: readonly MetricResult[];
  readonly echoes: readonly MetricResult[];
  readonly lines: readonly string[];
}

/** Trains once, without meters; when it returns or throws, nothing of the training lives. */
export async function trainForProbe(
  { vector, passed, number }: { readonly vector: Vector; readonly passed: readonly string[]; readonly number: number },
  context: ProbeContext,
): Promise<ProbeTraining> {
  const { script, environment, tag, timeoutSeconds } = context;
  const { config, model } = context.experiment;
  const directory = join(context.directory, String(number));
  await mkdir(directory);
  const argv = trainingArguments(config, model, vector, passed);
  const [file = "", ...args] = [...script.interpreter, script.script, ...argv.slice(1)];
  const log = await open(join(directory, "training.log"), "ax+");
  try {
    const { exit } = await measureCommand(
      {
        file,
        args,
        workingDirectory: script.workingDirectory,
        environment: { ...environment, ...script.variables, ...variables(number, directory) },
        tag: { name: "EARUN_ATTEMPT", value: `${tag}.probe.${number}` },
        stdio: ["ignore", log.fd, log.fd],
        timeoutSeconds,
        onMark: context.onMark,
        signal: context.signal,
        killSignal: context.killSignal,
      },
      { meters: [], directory },
    );
    context.signal?.throwIfAborted();
    const source = log.createReadStream({ start: 0, autoClose: false });
    const scan = await scanLog(source, {
      metrics: { ...config.performance_metrics.log_patterns, ...echoPatterns(config, vector) },
      fatal: fatalPatterns(config.fatal_patterns),
    });
    const { log: found, echoes } = withoutEchoes(scan);
    const verdict = judge({ exit, log: found, timeoutSeconds, stallSeconds: 0, implausible: undefined });
    const printed = await text(log.createReadStream({ start: 0, end: MOST_BYTES, autoClose: false }));
    return { verdict, isTimeout: exit.endedBy === "timeout", metrics: found.metrics, echoes, lines: logLines(printed) };
  } finally {
    await log.close();
  }
}

function variables(number: number, directory: string): Readonly<Record<string, string>> {
  return {
    EARUN_EXPERIMENT_ID: `probe_${number}`,
    EARUN_ROW: String(number),
    EARUN_REPETITION: "0",
    EARUN_ATTEMPT_NUMBER: "1",
    EARUN_SESSION_DIRECTORY: directory,
    EARUN_ROW_DIRECTORY: directory,
    EARUN_ATTEMPT_DIRECTORY: directory,
  };
}
