import { RunnerError } from "../errors.ts";
import { isAlive, thisProcess } from "../process-identity.ts";
import { callSlurm, noAnswer, type SlurmCalls } from "./call-slurm.ts";
import { readSubmissions, type Submission, writeAnswer } from "./submissions.ts";

/**
 * The submissions of a session, each with its answer: jobs whose answer was lost are found by their names. One that Slurm
 * does not have, and whose `ea` is gone, was never accepted.
 *
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer, or while another `ea` submits.
 */
export async function settledSubmissions(session: string, calls: SlurmCalls): Promise<readonly Submission[]> {
  const submissions = await readSubmissions(session);
  for (const { number, intent, answer } of submissions) {
    if (answer) continue;
    const { name, writer } = intent;
    const job = await jobNamed(name, calls);
    if (job !== undefined) await writeAnswer(session, number, { job, cluster: null, reason: "found by its name" });
    else if (isAlive(writer, thisProcess()) === false) {
      await writeAnswer(session, number, { job: null, cluster: null, reason: "Slurm has no job of this name" });
    } else if (writer.pid !== process.pid || writer.host !== thisProcess().host) {
      const message = `pid ${writer.pid} on ${writer.host} is submitting ${name}; if it has ended, remove slurm/${number}.json of the session`;
      throw new RunnerError("NOT_FIT", message);
    }
  }
  return readSubmissions(session);
}

/**
 * The id of the job with a name; `undefined` when Slurm has none.
 *
 * @throws {RunnerError} `NOT_FIT` when Slurm does not answer.
 */
export async function jobNamed(name: string, calls: SlurmCalls): Promise<string | undefined> {
  const answer = await callSlurm("squeue", ["-h", "-t", "all", `--name=${name}`, "-o", "%F"], calls);
  if (answer.exitCode !== 0) throw noAnswer("squeue", answer);
  return /^\d+$/m.exec(answer.stdout)?.[0];
}
