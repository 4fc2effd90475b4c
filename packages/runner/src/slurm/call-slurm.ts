import { execa } from "execa";
import { RunnerError } from "../errors.ts";

/** How commands of Slurm are called. */
export interface SlurmCalls {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds after which no answer is expected any more. */
  readonly answerMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a command of Slurm said. */
export interface SlurmAnswer {
  /** `undefined` when it did not answer in time. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Calls a command of Slurm.
 *
 * @throws {RunnerError} `NOT_FIT` when there is no such command.
 */
export async function callSlurm(tool: string, args: readonly string[], calls: SlurmCalls): Promise<SlurmAnswer> {
  const { environment, answerMs, signal } = calls;
  const result = await execa(tool, args, {
    env: environment,
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    timeout: answerMs,
    forceKillAfterDelay: 1000,
    ...(signal && { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.code === "ENOENT") {
    const message = `${tool} is not installed here, or not on PATH: expected a host that submits to Slurm`;
    throw new RunnerError("NOT_FIT", message, { cause: result });
  }
  return {
    exitCode: result.timedOut ? undefined : (result.exitCode ?? 1),
    stdout: result.stdout,
    stderr: result.stderr,
  };
}

/** Whether Slurm does not know a job (any more): it forgets one some minutes after its end. */
export function isUnknownJob({ exitCode, stderr }: SlurmAnswer): boolean {
  return exitCode !== 0 && /Invalid job id specified/i.test(stderr);
}

/** Whether nobody was there to answer. */
export function isUnreachable({ exitCode, stderr }: SlurmAnswer): boolean {
  return exitCode === undefined || /Unable to contact slurm controller|Connection refused|timed out/i.test(stderr);
}

/** The error for an answer that is none. */
export function noAnswer(tool: string, answer: SlurmAnswer): RunnerError {
  const said = answer.stderr.trim().slice(0, 300) || `exit code ${answer.exitCode}`;
  const what = answer.exitCode === undefined ? "has not answered in time" : `failed: ${said}`;
  return new RunnerError("NOT_FIT", `${tool} ${what}; nothing is lost: try again when Slurm answers`);
}
