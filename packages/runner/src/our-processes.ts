import { processTree } from "./process-tree.ts";

/** The variable that marks the processes of all slots of one `ea run --slots`. */
export const SLOTS_VARIABLE = "EARUN_SLOTS";

/** What the processes of a session are known by. */
export interface OurTags {
  /** Tag of our session: processes with it are ours. */
  readonly tag: string;
  /** Tag of all slots that run beside ours; `undefined` without slots. */
  readonly slotsTag?: string | undefined;
}

/** Live processes of our session and of the slots beside it: what they compute is no load of others. */
export function ourProcesses({ tag, slotsTag }: OurTags): readonly number[] {
  const session = processTree({ leader: -1, tag: `EARUN_SESSION=${tag}` });
  if (slotsTag === undefined) return session;
  return [...new Set([...session, ...processTree({ leader: -1, tag: `${SLOTS_VARIABLE}=${slotsTag}` })])];
}
