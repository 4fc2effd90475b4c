import { type ClaimJson, claimRow, isoWithOffset, type RowClaim } from "@ea/records";
import type { Clock } from "./clock.ts";
import type { OnEvent } from "./events.ts";
import { endLeftovers } from "./leftovers.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";

/** Who claims rows, and how. */
export interface Claimant {
  readonly identity: ProcessIdentity;
  readonly tag: string;
  readonly clock: Clock;
  readonly onEvent: OnEvent;
  /** Whether to take rows whose holder cannot be seen from here: another host's, an unreadable claim. */
  readonly takeOver: boolean;
  /** What a scheduler knows. */
  readonly scheduler?: Scheduler | undefined;
}

/** A scheduler that started this process: it knows of jobs on other hosts. */
export interface Scheduler {
  /** What our claims say beside the process: the job, as text. */
  readonly claimFields: Readonly<Record<string, string>>;
  /** Whether the job that made a claim has ended; `undefined` when that cannot be told. */
  readonly isOver: (claim: ClaimJson) => Promise<boolean | undefined>;
}

/** Claims a row; what processes that held it before have left running is ended first. Else, who has it. */
export async function takeRow(
  rowDirectory: string,
  { identity, tag, clock, onEvent, takeOver, scheduler }: Claimant,
): Promise<RowClaim | { readonly holder: ClaimJson | undefined }> {
  const mine = { ...scheduler?.claimFields, ...identity, tag, claimed_at: isoWithOffset(clock.now()) };
  const claimed = await claimRow(rowDirectory, mine, async (holder) => {
    const lives = holder && isAlive(holder, identity);
    if (lives !== undefined) return !lives;
    return takeOver || (holder !== undefined && (await scheduler?.isOver(holder)) === true);
  });
  if ("holder" in claimed) return claimed;
  const dead = claimed.superseded.filter((claim) => claim !== undefined);
  try {
    await endLeftovers(dead, identity, onEvent);
  } catch (error) {
    await claimed.release();
    throw error;
  }
  return claimed;
}

/** Who has a row, for a message. */
export function holderText(holder: ClaimJson | undefined, here: ProcessIdentity): string {
  if (!holder) return "its claim cannot be read; --take-over runs the row all the same";
  const who = `pid ${holder.pid} on ${holder.host} has it since ${holder.claimed_at}`;
  return isAlive(holder, here) === undefined ? `${who}; if that has ended, --take-over runs the row` : who;
}
