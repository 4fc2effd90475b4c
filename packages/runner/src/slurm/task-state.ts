/** How far a task is: Slurm has some thirty words. */
export type TaskPhase = "waiting" | "running" | "ended";

const ENDED = new Set([
  "BOOT_FAIL",
  "CANCELLED",
  "COMPLETED",
  "DEADLINE",
  "FAILED",
  "NODE_FAIL",
  "OUT_OF_MEMORY",
  "PREEMPTED",
  "REVOKED",
  "TIMEOUT",
]);
const WAITING = new Set(["PENDING", "CONFIGURING", "REQUEUED", "REQUEUE_HOLD", "REQUEUE_FED", "RESV_DEL_HOLD"]);

/** How far a task is; what is not known to have ended counts as running, so that it is not submitted twice. */
export function phaseOf(state: string): TaskPhase {
  if (WAITING.has(state)) return "waiting";
  return ENDED.has(state) ? "ended" : "running";
}

/** Why a task waits that nobody but its user can help. */
const FOR_GOOD =
  /^(?:PartitionConfig|PartitionNodeLimit|PartitionTimeLimit|BadConstraints|DependencyNeverSatisfied|InvalidAccount|InvalidQOS|JobHeldUser|JobHeldAdmin|ReqNodeNotAvail.*|AccountNotAllowed|QOSNotAllowed)$/;

/** Whether a task that waits for this reason waits for good. */
export function waitsForGood(reason: string): boolean {
  return FOR_GOOD.test(reason);
}
