import { resolve } from "node:path";
import { withdrawStop } from "@ea/records";
import {
  cancelJobs,
  examinedNode,
  type NodeCheck,
  type NodeRequest,
  type SlurmProfile,
  sessionTasks,
  slurmLauncher,
  slurmStanding,
  systemClock,
  writeAccounting,
} from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { writeReport } from "../report/write-report.ts";
import { sessionPath } from "../session/session-path.ts";
import { checksText } from "../slurm/checks-text.ts";
import { collectedText, collectRecords } from "../slurm/collected.ts";
import { nodeCommand } from "../slurm/node-command.ts";
import type { CollectFlags, NodeDoctorFlags, QueueFlags, SubmitFlags } from "../slurm/slurm-options.ts";
import { callsOf, positive, profileFromFlags } from "../slurm/slurm-profile.ts";
import { slurmStandingJson, slurmStandingText } from "../slurm/slurm-standing-text.ts";
import { submitJson, submitText } from "../slurm/submit-text.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

const WAIT_SECONDS = 600;

/** `ea slurm submit`: the rows of a plan that nobody has executed, as array jobs. */
export async function submitSession(flags: SubmitFlags, terminal: Terminal): Promise<number> {
  const directory = sessionPath(flags.session, flags.results, terminal);
  const profile = await profileFromFlags(flags, terminal);
  const ea = nodeCommand(profile);
  if (flags.doctor !== false) {
    const checks = await examine(flags, profile, terminal, directory);
    terminal.err(checksText(checks));
    if (checks.some(({ status }) => status === "bad")) {
      terminal.err("Nothing is submitted. --no-doctor goes without this\n");
      return EXIT.notFit;
    }
  }
  await withdrawStop(directory); // of before: to go on is what is asked for now
  const launcher = slurmLauncher({
    profile,
    calls: callsOf(profile, terminal),
    workingDirectory: terminal.workingDirectory,
    ea,
    retryTimeouts: flags["retry-timeouts"] === true,
    now: () => new Date(),
  });
  const result = await launcher.launch({ directory });
  terminal.out(flags.json ? `${JSON.stringify(submitJson(result), undefined, 2)}\n` : submitText(result));
  if (!flags.json) terminal.err(`Next: ea slurm status ${result.session}\n`);
  return EXIT.ok;
}

/** `ea slurm doctor`: what a compute node is fit for. */
export async function examineNode(flags: NodeDoctorFlags, terminal: Terminal): Promise<number> {
  const profile = await profileFromFlags(flags, terminal);
  const directory = flags.session === undefined ? undefined : sessionPath(flags.session, flags.results, terminal);
  const checks = await examine(flags, profile, terminal, directory, { isAnew: true });
  const isFit = checks.every(({ status }) => status !== "bad");
  const document = { ready: isFit, checks: checks.map((check) => ({ ...check, fix: check.fix ?? null })) };
  terminal.out(flags.json ? `${JSON.stringify(document, undefined, 2)}\n` : checksText(checks));
  return isFit ? EXIT.ok : EXIT.notFit;
}

async function examine(
  flags: NodeDoctorFlags,
  profile: SlurmProfile,
  terminal: Terminal,
  session: string | undefined,
  { isAnew = false } = {},
): Promise<readonly NodeCheck[]> {
  const waitSeconds = positive("wait", flags.wait) ?? WAIT_SECONDS;
  const words = "Stopping: the job is cancelled.";
  const { result } = await interruptible(terminal, { words }, ({ signal }) => {
    const request: NodeRequest = {
      parent: resolve(terminal.workingDirectory, flags.results),
      profile,
      calls: callsOf(profile, terminal, signal),
      ea: nodeCommand(profile),
      toolVersion: TOOL_VERSION,
      waitSeconds,
      clock: systemClock,
      onWait: (message) => terminal.err(`${message}\n`),
    };
    return examinedNode(request, { session, isAnew });
  });
  return result;
}

/** `ea slurm status`: how a session stands with Slurm. */
export async function slurmStatus(flags: QueueFlags, terminal: Terminal): Promise<number> {
  const profile = await profileFromFlags(flags, terminal);
  const directory = sessionPath(flags.session, flags.results, terminal);
  const standing = await slurmStanding(directory, callsOf(profile, terminal));
  terminal.out(
    flags.json ? `${JSON.stringify(slurmStandingJson(standing), undefined, 2)}\n` : slurmStandingText(standing),
  );
  return EXIT.ok;
}

/** `ea slurm cancel`: nothing of a session waits or runs any more. */
export async function cancelSession(flags: QueueFlags, terminal: Terminal): Promise<number> {
  const profile = await profileFromFlags(flags, terminal);
  const directory = sessionPath(flags.session, flags.results, terminal);
  const jobs = await cancelJobs(directory, callsOf(profile, terminal));
  const text = jobs.length === 0 ? "nothing to cancel" : `cancelled ${jobs.map((job) => `job ${job}`).join(", ")}`;
  terminal.out(flags.json ? `${JSON.stringify({ directory, cancelled: jobs }, undefined, 2)}\n` : `${text}\n`);
  return EXIT.ok;
}

/** `ea slurm collect`: summary and report of a session, from its records. */
export async function collectSession(flags: CollectFlags, terminal: Terminal): Promise<number> {
  const profile = await profileFromFlags(flags, terminal);
  const directory = sessionPath(flags.session, flags.results, terminal);
  const accounting = await accountingOf(directory, profile, terminal);
  const collected = await collectRecords(directory);
  const report = await reportOf(directory, flags, terminal);
  const document = { ...collected, accounting: accounting ?? null, report: report ?? null };
  const paths = [accounting, report].flatMap((path) => (path === undefined ? [] : [`  ${path}\n`]));
  terminal.out(
    flags.json ? `${JSON.stringify(document, undefined, 2)}\n` : `${collectedText(collected)}${paths.join("")}`,
  );
  return collected.completed === collected.planned ? EXIT.ok : EXIT.finishedWithFailures;
}

/** The records are all that counts: without Slurm they are collected all the same. */
async function accountingOf(directory: string, profile: SlurmProfile, terminal: Terminal): Promise<string | undefined> {
  try {
    return await writeAccounting(directory, await sessionTasks(directory, callsOf(profile, terminal)));
  } catch (error) {
    if (!(error instanceof Error && error.name === "RunnerError")) throw error;
    terminal.err(`${terminal.paint("yellow", `warning: nothing of Slurm's accounting: ${error.message}`)}\n`);
    return undefined;
  }
}

async function reportOf(directory: string, flags: CollectFlags, terminal: Terminal): Promise<string | undefined> {
  if (flags.report === undefined) return undefined;
  const none = { svg: undefined, png: undefined, markdown: undefined, metric: undefined, goal: undefined };
  const request = { ...none, html: resolve(terminal.workingDirectory, flags.report), factors: undefined };
  return (await writeReport([directory], request, new Date())).report;
}
