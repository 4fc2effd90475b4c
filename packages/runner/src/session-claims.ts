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
}

/** Claims a row; what processes that held it before have left running is ended first. Else, who has it. */
export async function takeRow(
  rowDirectory: string,
  { identity, tag, clock, onEvent, takeOver }: Claimant,
): Promise<RowClaim | { readonly holder: ClaimJson | undefined }> {
  const mine = { ...identity, tag, claimed_at: isoWithOffset(clock.now()) };
  const claimed = await claimRow(rowDirectory, mine, (holder) => {
    const lives = holder && isAlive(holder, identity);
    return lives === undefined ? takeOver : !lives;
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
