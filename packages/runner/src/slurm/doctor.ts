import { randomUUID } from "node:crypto";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toJsonText, writeFileAtomically } from "@ea/records";
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { RunnerError } from "../errors.ts";
import { callSlurm, isUnknownJob, isUnreachable, noAnswer, type SlurmCalls } from "./call-slurm.ts";
import { doctorScript, NODE_EXIT } from "./doctor-script.ts";
import { type NodeCheck, nodeChecks } from "./doctor-verdict.ts";
import type { SlurmProfile } from "./profile.ts";
import { parseQueue, QUEUE_FORMAT, type QueuedTask } from "./queue-text.ts";
import { sbatchArguments, submittedJob } from "./sbatch-arguments.ts";
import { slurmDirectory } from "./submissions.ts";

/** What looking at a node needs. */
export interface NodeRequest {
  /** Where results go; a directory of its own is made below it. */
  readonly parent: string;
  readonly profile: SlurmProfile;
  readonly calls: SlurmCalls;
  readonly ea: readonly string[];
  readonly toolVersion: string;
  /** Seconds that the job may take, its wait in the queue included. */
  readonly waitSeconds: number;
  readonly clock: Clock;
  /** Told what the job waits for. */
  readonly onWait: (message: string) => void;
}

/** A network's file system may show a new file some seconds late. */
const LATE_FILE_SECONDS = 4;
const POLL_SECONDS = 0.5;

const Doctor = z.looseObject({
  sources: z.array(z.looseObject({ name: z.string(), status: z.string(), reason: z.string().nullable() })),
});

/** `slurm/doctor.json` of a session: what was found, and with what. */
const ExaminedJson = z.looseObject({
  schema_version: z.literal(1),
  /** Profile, ea and version that it holds for. */
  key: z.string(),
  checks: z.array(
    z.object({
      name: z.enum(["job", "directory", "node", "ea", "meters", "clock"]),
      status: z.enum(["ok", "warning", "bad"]),
      finding: z.string(),
      fix: z.string().nullable(),
    }),
  ),
});

/**
 * What a compute node is fit for. For a session it is remembered, until it is asked for with another profile, or anew.
 *
 * @throws as `examineNode`.
 */
export async function examinedNode(
  request: NodeRequest,
  { session, isAnew }: { readonly session: string | undefined; readonly isAnew: boolean },
): Promise<readonly NodeCheck[]> {
  if (session === undefined) return examineNode(request);
  const directory = slurmDirectory(session);
  const path = join(directory, "doctor.json");
  const { profile, ea, toolVersion } = request;
  // How many tasks there are is nothing to the node
  const place = { ...profile, parallel: undefined, rows_per_task: undefined, max_submit: undefined };
  const key = JSON.stringify({ place, ea, toolVersion });
  const known = isAnew ? undefined : ExaminedJson.safeParse(jsonIn(await readIfThere(path))).data;
  if (known?.key === key && known.checks.every(({ status }) => status !== "bad")) {
    return known.checks.map(({ fix, ...check }) => ({ ...check, fix: fix ?? undefined }));
  }
  await mkdir(directory, { recursive: true });
  const checks = await examineNode({ ...request, parent: directory });
  const told = checks.map(({ fix, ...check }) => ({ ...check, fix: fix ?? null }));
  await writeFileAtomically(path, toJsonText({ schema_version: 1, key, checks: told }));
  return checks;
}

/**
 * Sends a tiny job to a compute node, as the rows of a session would go there, and says what it is fit for.
 *
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer or the job does not start in time, `REFUSED` when it is not
 * taken.
 */
async function examineNode(request: NodeRequest): Promise<readonly NodeCheck[]> {
  const { parent, profile, calls, ea, toolVersion } = request;
  const id = randomUUID().slice(0, 8);
  const directory = join(parent, `slurm-doctor_${id}`);
  await mkdir(directory, { recursive: true });
  const nonce = randomUUID();
  await writeFile(join(directory, "nonce"), nonce);
  const aheadHere = await aheadOf(join(directory, "nonce"), Date.now());
  const script = join(directory, "doctor.sh");
  await writeFileAtomically(script, doctorScript({ directory, ea, setup: profile.setup }));
  const job = await submitJob({ name: `ea-doctor-${id}`, script, log: join(directory, "job.log") }, profile, calls);
  const last = await waitForEnd(job, request);
  const exitCode = await exitCodeOf(job, calls);
  const hasSaidWhy = exitCode === NODE_EXIT.notVisible || exitCode === NODE_EXIT.notWritable;
  if (!hasSaidWhy) await waitForAnswer(join(directory, "answer"), request);
  const read = (name: string): Promise<string | undefined> => readIfThere(join(directory, name));
  const nodeClock = await read("clock");
  const aheadThere =
    nodeClock === undefined ? undefined : await aheadOf(join(directory, "clock"), Number.parseFloat(nodeClock) * 1000);
  return nodeChecks({
    job,
    state: last?.state,
    node: last?.node === "" ? undefined : last?.node,
    exitCode,
    directory,
    nonce,
    answer: await read("answer"),
    sources: Doctor.safeParse(jsonIn(await read("doctor.json"))).data?.sources,
    clockAheadSeconds: aheadThere === undefined ? undefined : aheadThere - aheadHere,
    eaError: (await read("ea.err")) ?? "",
    toolVersion,
  });
}

async function submitJob(
  job: { readonly name: string; readonly script: string; readonly log: string },
  profile: SlurmProfile,
  calls: SlurmCalls,
): Promise<string> {
  const args = sbatchArguments(job, profile);
  const answer = await callSlurm("sbatch", args, calls);
  const found = answer.exitCode === 0 ? submittedJob(answer.stdout) : undefined;
  if (found) return found.job;
  if (isUnreachable(answer)) throw noAnswer("sbatch", answer);
  const why = answer.stderr.replaceAll(/^sbatch: (?:error: )?/gm, "").trim() || answer.stdout.trim();
  throw new RunnerError("REFUSED", `sbatch refused the job: ${why}\n  sbatch ${args.join(" ")}`);
}

/** How the queue showed the job last; a job that does not end in time is cancelled. */
async function waitForEnd(job: string, request: NodeRequest): Promise<QueuedTask | undefined> {
  const { calls, clock, waitSeconds, onWait } = request;
  const startMs = clock.monotonicMs();
  let told = "";
  let last: QueuedTask | undefined;
  for (;;) {
    const answer = await callSlurm("squeue", ["-h", "-r", "-t", "all", "-j", job, "-o", QUEUE_FORMAT], calls);
    if (answer.exitCode !== 0 && !isUnknownJob(answer)) throw noAnswer("squeue", answer);
    const [now] = answer.exitCode === 0 ? parseQueue(answer.stdout) : [];
    last = now ?? last;
    if (!now || now.phase === "ended") return last;
    const words = now.phase === "waiting" ? `waits: ${now.reason}` : `runs on ${now.node}`;
    if (words !== told) onWait(`job ${job} ${words}`);
    told = words;
    if ((clock.monotonicMs() - startMs) / 1000 >= waitSeconds) {
      await callSlurm("scancel", [job], calls);
      const message = `job ${job} has not ended in ${waitSeconds} s (it ${words}) and is cancelled; --wait gives it longer, --no-doctor goes without`;
      throw new RunnerError("NOT_FIT", message);
    }
    await clock.sleep(POLL_SECONDS, calls.signal);
    calls.signal?.throwIfAborted();
  }
}

async function waitForAnswer(path: string, { clock, calls }: NodeRequest): Promise<void> {
  for (let waited = 0; waited < LATE_FILE_SECONDS; waited += POLL_SECONDS) {
    if ((await readIfThere(path)) !== undefined) return;
    await clock.sleep(POLL_SECONDS, calls.signal);
  }
}

/** Of the job's script; Slurm tells it for some minutes. */
async function exitCodeOf(job: string, calls: SlurmCalls): Promise<number | undefined> {
  const { exitCode, stdout } = await callSlurm("scontrol", ["-o", "show", "job", job], calls);
  const [, code] = /\bExitCode=(\d+):\d+/.exec(exitCode === 0 ? stdout : "") ?? [];
  return code === undefined ? undefined : Number(code);
}

/** Seconds that a clock was ahead of the file system's when it wrote a file. */
async function aheadOf(path: string, writtenMs: number): Promise<number> {
  return (writtenMs - (await stat(path)).mtimeMs) / 1000;
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** `undefined` for none, and for one that is cut: the disk was full. */
function jsonIn(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
