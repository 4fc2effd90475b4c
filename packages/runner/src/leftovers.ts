import type { ClaimJson } from "@ea/records";
import { LEFTOVER_GRACE_SECONDS } from "./defaults.ts";
import { endTree } from "./end-tree.ts";
import type { OnEvent } from "./events.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import type { TreeIdentity } from "./process-tree.ts";
import { remainingCgroups } from "./training-cgroup.ts";

/**
 * Ends what processes that are gone have left running on this host: everything that carries the tag of their claim or is in
 * one of their control groups.
 */
export async function endLeftovers(
  claims: readonly ClaimJson[],
  here: ProcessIdentity,
  onEvent: OnEvent,
): Promise<void> {
  const gone = claims.filter((claim) => isAlive(claim, here) === false && claim.boot_id === here.boot_id);
  for (const { tag, pid } of new Map(gone.map((claim) => [claim.tag, claim])).values()) {
    const groups = remainingCgroups(tag);
    const { ended, survivors } = await endTree(
      { leader: -1, tag: `EARUN_SESSION=${tag}`, cgroup: together(groups) },
      LEFTOVER_GRACE_SECONDS,
    );
    for (const group of groups) await group.remove();
    if (ended === 0) continue;
    const rest = survivors.length > 0 ? `; not even SIGKILL ended ${survivors.join(", ")}` : "";
    const message = `ended ${ended} processes that an earlier ea (pid ${pid}) had left behind${rest}`;
    onEvent({ type: "warning", code: "leftovers", message });
  }
}

/** Several groups as one. */
function together(groups: ReturnType<typeof remainingCgroups>): TreeIdentity["cgroup"] {
  return {
    pids: () => groups.flatMap((group) => group.pids()),
    kill: () => {
      for (const group of groups) group.kill();
    },
  };
}
