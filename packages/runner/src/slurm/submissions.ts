import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createFile, toJsonText } from "@ea/records";
import { z } from "zod";
import { RunnerError } from "../errors.ts";
import { expandIndices } from "./array-indices.ts";

/** `slurm/<n>.json`: an array that is to be submitted, written before sbatch is asked. */
const SubmissionJson = z.looseObject({
  schema_version: z.literal(1),
  /** The job's name, unique among all jobs. */
  name: z.string(),
  submitted_at: z.iso.datetime({ offset: true }),
  /** Whose submission it is, while there is no answer. */
  writer: z.object({
    host: z.string(),
    boot_id: z.string(),
    pid_namespace: z.string(),
    pid: z.int(),
    process_start_ticks: z.string(),
  }),
  offset: z.int().nonnegative(),
  rows_per_task: z.int().positive(),
  /** Such as `0-3,7`. */
  indices: z.string(),
  arguments: z.array(z.string()),
});
/** An array that is to be submitted. */
export type SubmissionJson = z.infer<typeof SubmissionJson>;

/** `slurm/<n>.job.json`: what became of it. */
const SubmittedJson = z.looseObject({
  schema_version: z.literal(1),
  /** `null`: Slurm has no such job. */
  job: z.string().nullable(),
  cluster: z.string().nullable(),
  reason: z.string().nullable(),
});
/** What became of a submission. */
export type SubmittedJson = z.infer<typeof SubmittedJson>;

/** A submission of a session. */
export interface Submission {
  /** 1-based. */
  readonly number: number;
  readonly intent: SubmissionJson;
  /** `undefined` while nobody knows whether Slurm has it. */
  readonly answer: SubmittedJson | undefined;
}

/** Where a session's jobs are kept: what was submitted, scripts, logs. */
export function slurmDirectory(session: string): string {
  return join(session, "slurm");
}

/**
 * All submissions of a session, oldest first.
 *
 * @throws {RunnerError} `CONFIG` for a file that is none of ours.
 */
export async function readSubmissions(session: string): Promise<readonly Submission[]> {
  const directory = slurmDirectory(session);
  const names = existsSync(directory) ? await readdir(directory) : [];
  const numbers = names.flatMap((name) => /^(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
  return Promise.all(
    numbers
      .toSorted((a, b) => a - b)
      .map(async (number) => ({
        number,
        intent: await readJson(join(directory, `${number}.json`), SubmissionJson),
        answer: names.includes(`${number}.job.json`)
          ? await readJson(join(directory, `${number}.job.json`), SubmittedJson)
          : undefined,
      })),
  );
}

/** Writes down what is to be submitted, under the next number. */
export async function writeIntent(
  session: string,
  intentOf: (number: number) => SubmissionJson,
): Promise<{ readonly number: number; readonly intent: SubmissionJson }> {
  const directory = slurmDirectory(session);
  await mkdir(join(directory, "logs"), { recursive: true });
  for (let number = 1 + Math.max(0, ...(await readSubmissions(session)).map((each) => each.number)); ; number += 1) {
    const intent = intentOf(number);
    try {
      await createFile(join(directory, `${number}.json`), toJsonText(intent));
      return { number, intent };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

/** Writes down what became of a submission; who is first is right. */
export async function writeAnswer(
  session: string,
  number: number,
  answer: Omit<SubmittedJson, "schema_version">,
): Promise<void> {
  const path = join(slurmDirectory(session), `${number}.job.json`);
  await createFile(path, toJsonText({ schema_version: 1, ...answer })).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  });
}

/** The rows that a task of a submission executes. */
export function rowsOfTask({ intent }: Pick<Submission, "intent">, index: number, planned: number): readonly number[] {
  const first = (intent.offset + index) * intent.rows_per_task;
  const count = Math.max(0, Math.min(intent.rows_per_task, planned - first));
  return Array.from({ length: count }, (_, each) => first + each);
}

/** The indices of a submission. */
export function indicesOf({ intent }: Pick<Submission, "intent">): readonly number[] {
  return expandIndices(intent.indices);
}

async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const text = await readFile(path, "utf8");
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new RunnerError("CONFIG", `${path}: expected a submission to Slurm: ${why}`, { cause });
  }
}
