import { z } from "zod";
import { type Environment, EnvironmentJson, environmentToJson } from "./environment.ts";
import { type PlannedBackground, PlannedBackgroundJson, plannedBackgroundToJson } from "./planned-background.ts";

/** `background` of a record: what was planned, and the state of its repository. Fields beside these are kept. */
export const BackgroundJson = PlannedBackgroundJson.extend({
  /** `null`, as the head start, where nobody recorded it: of a run that was imported. */
  working_copy: PlannedBackgroundJson.shape.working_copy.nullable(),
  head_start_seconds: PlannedBackgroundJson.shape.head_start_seconds.nullable(),
  environment: EnvironmentJson.pick({ repository: true, libraries: true, variables: true }),
});
/** `background` of a record. */
export type BackgroundJson = z.infer<typeof BackgroundJson>;

/** The background of a record: what was planned, and where it ran. */
export function backgroundToJson(background: PlannedBackground, environment: Environment): BackgroundJson {
  const { repository, libraries, variables } = environmentToJson(environment);
  return { ...plannedBackgroundToJson(background), environment: { repository, libraries, variables } };
}

const text = z.string().nullable();

/** `background` of an attempt: how the load beside it did. Fields beside these are kept. */
export const BackgroundLoadJson = z.looseObject({
  command: z.array(z.string()),
  working_directory: z.string(),
  working_copy: z.looseObject({
    kind: z.enum(["none", "worktree", "copy"]),
    reason: z.string(),
    commit: text,
    dirty: z.boolean().nullable(),
  }),
  runs: z.int().nonnegative(),
  restarts: z.int().nonnegative(),
  exit_codes: z.record(z.string(), z.int().positive()),
  window_seconds: z.number().nonnegative(),
  alive_seconds: z.number().nonnegative(),
  alive_share: z.number().min(0).max(1).nullable(),
  cpu_seconds: z.number().nonnegative().nullable(),
  gpus: z.array(z.looseObject({ device: z.string(), memory_mebibytes: z.number().nullable() })).nullable(),
  log_bytes_dropped: z.int().nonnegative(),
});
/** `background` of an attempt. */
export type BackgroundLoadJson = z.infer<typeof BackgroundLoadJson>;

/** The directory that a background load ran in. */
export interface WorkingCopyState {
  /** `none`: its own repository, which nothing else used. */
  readonly kind: "none" | "worktree" | "copy";
  /** Why it is this one. */
  readonly reason: string;
  /** Git commit that it was made from; `undefined` where there is none. */
  readonly commit: string | undefined;
  /** Whether there were changes since the commit when it was made. */
  readonly dirty: boolean | undefined;
}

/** How the background load beside an attempt did. */
export interface BackgroundLoad {
  /** What was executed, over and over. */
  readonly command: readonly string[];
  readonly workingDirectory: string;
  readonly workingCopy: WorkingCopyState;
  /** How often it was started. */
  readonly runs: number;
  /** How often it had ended by itself and was started again. */
  readonly restarts: number;
  /** How often it ended by itself with each exit code; 128 and more: by a signal, or as a shell would say it. */
  readonly exitCodes: Readonly<Record<string, number>>;
  /** From the start of the meters to the end of the foreground. */
  readonly windowSeconds: number;
  /** How much of the window it ran. */
  readonly aliveSeconds: number;
  /** CPU seconds of its processes in the window; `undefined` when nobody could count them. */
  readonly cpuSeconds: number | undefined;
  /** GPUs on which it was seen, with the most memory; `undefined` when nobody looked. */
  readonly gpus: readonly { readonly device: string; readonly memoryMebibytes: number | undefined }[] | undefined;
  /** Bytes of its log that were left out to keep it short. */
  readonly logBytesDropped: number;
}

/** The on-disk form of a background load. */
export function backgroundLoadToJson(load: BackgroundLoad): BackgroundLoadJson {
  const { command, workingDirectory, workingCopy, runs, restarts, exitCodes, windowSeconds, aliveSeconds } = load;
  return {
    command: [...command],
    working_directory: workingDirectory,
    working_copy: {
      kind: workingCopy.kind,
      reason: workingCopy.reason,
      commit: workingCopy.commit ?? null,
      dirty: workingCopy.dirty ?? null,
    },
    runs,
    restarts,
    exit_codes: { ...exitCodes },
    window_seconds: windowSeconds,
    alive_seconds: aliveSeconds,
    alive_share: windowSeconds > 0 ? Math.min(1, aliveSeconds / windowSeconds) : null,
    cpu_seconds: load.cpuSeconds ?? null,
    gpus:
      load.gpus?.map(({ device, memoryMebibytes }) => ({ device, memory_mebibytes: memoryMebibytes ?? null })) ?? null,
    log_bytes_dropped: load.logBytesDropped,
  };
}
