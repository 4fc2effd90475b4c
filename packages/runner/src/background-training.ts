import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BackgroundLoad, Flag, PlannedBackground, WorkingCopyState } from "@ea/records";
import type { AttemptRequest } from "./attempt-request.ts";
import { backgroundSurvivorFlags, loadFlags, logProblemFlags, sharedHostFlag } from "./background-flags.ts";
import { type EndedLoad, startLoad } from "./background-load.ts";
import { runVariables } from "./run-variables.ts";
import type { TrainingScript } from "./training-script.ts";
import type { ForeignerWatch } from "./watch-foreigners.ts";

/** The training that is to run beside an attempt. */
export interface BackgroundTraining {
  readonly planned: PlannedBackground;
  /** In the directory that it has to itself. */
  readonly script: TrainingScript;
  readonly workingCopy: WorkingCopyState;
  /** Waits until the load is what it will be. */
  readonly headStart: (planned: PlannedBackground) => Promise<void>;
}

/** A load that runs beside an attempt. */
export interface BackgroundBeside {
  /** What the watch for foreign processes has to know of it. */
  readonly watch: Pick<ForeignerWatch, "beside" | "onBeside">;
  /** What is measured begins now. */
  readonly beginWindow: () => void;
  /** What is measured has ended. */
  readonly endWindow: () => void;
  /** CPU seconds of its processes since then, until now; `undefined` when nobody could count them. */
  readonly cpuSeconds: () => number | undefined;
  /** Ends it; asked again, it gives the same answer. */
  readonly end: () => Promise<{ readonly load: BackgroundLoad; readonly flags: readonly Flag[] }>;
}

/** Starts the load beside an attempt, with its head start, its own directory and its own log; nothing without a load. */
export async function startBeside(request: AttemptRequest, directory: string): Promise<BackgroundBeside | undefined> {
  const { background, row, attempt, signal } = request;
  if (!background || signal.aborted) return undefined;
  const { script, planned, workingCopy } = background;
  const own = join(directory, "background");
  await mkdir(own);
  const running = await startLoad({
    command: [...script.interpreter, script.script, ...planned.argv.slice(1)],
    workingDirectory: script.workingDirectory,
    environment: { ...request.environment, ...script.variables, ...runVariables(request, own) },
    tag: `${request.tag}.${row.row}.${attempt}`,
    logPath: join(directory, "background.log"),
    workingCopy,
    onMark: request.onMark,
    signal,
    killSignal: request.killSignal,
  });
  try {
    await background.headStart(planned);
  } catch (error) {
    await running.stop();
    throw error;
  }
  const { identity, beginWindow, endWindow, cpuSeconds, seenOn } = running;
  return {
    watch: { ...(identity && { beside: identity }), onBeside: seenOn },
    beginWindow,
    endWindow,
    cpuSeconds,
    end: async () => {
      const ended = await running.stop();
      return { load: ended.load, flags: [sharedHostFlag(planned), ...flagsOf(ended)] };
    },
  };
}

function flagsOf({ load, tree, logProblem }: EndedLoad): readonly Flag[] {
  return [...loadFlags(load), ...backgroundSurvivorFlags(tree), ...logProblemFlags(logProblem)];
}
