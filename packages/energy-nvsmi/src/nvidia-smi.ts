import { execa } from "execa";

/** The driver may need seconds to wake a GPU without persistence mode. */
const QUERY_TIMEOUT_MS = 15_000;

/** Output of one finished nvidia-smi. */
export interface NvidiaSmiOutput {
  readonly stdout: string;
  /** Why it did not end well; `undefined` when it did. */
  readonly failure: string | undefined;
  readonly isMissing: boolean;
}

/** Environment of every nvidia-smi: the C locale, and time stamps without daylight saving steps. */
export const ENVIRONMENT = { LC_ALL: "C", TZ: "UTC" };

/** Runs nvidia-smi to its end; never rejects. */
export async function runNvidiaSmi(args: readonly string[]): Promise<NvidiaSmiOutput> {
  const result = await execa("nvidia-smi", args, {
    env: ENVIRONMENT,
    stdin: "ignore",
    reject: false,
    timeout: QUERY_TIMEOUT_MS,
    killSignal: "SIGKILL",
    stripFinalNewline: false,
  });
  if (!result.failed) return { stdout: result.stdout, failure: undefined, isMissing: false };
  const words = `${result.stderr}\n${result.stdout}`.trim().split("\n")[0]?.slice(0, 200) ?? "";
  const how = result.timedOut ? "did not answer in time" : `ended with status ${result.exitCode ?? result.signal}`;
  return {
    stdout: result.stdout,
    failure: words === "" ? `nvidia-smi ${how}` : `nvidia-smi ${how}: ${words}`,
    isMissing: result.code === "ENOENT",
  };
}
