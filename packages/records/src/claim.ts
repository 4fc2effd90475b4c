import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { hasCode } from "./has-code.ts";
import { createFile, toJsonText } from "./write-file.ts";

/** Who works on a row, as it stands in its `claim`. Fields beside these are kept. */
export const ClaimJson = z.looseObject({
  host: z.string(),
  /** Of the kernel; another one means that the host has started anew. */
  boot_id: z.string(),
  /** Inside another namespace of process ids the same `pid` is another process. */
  pid_namespace: z.string(),
  pid: z.int(),
  /** Clock ticks from the start of the kernel to that of the process: a `pid` is used again. */
  process_start_ticks: z.string(),
  /** Marks every process that it starts: `EARUN_SESSION` in their environments. */
  tag: z.string(),
  claimed_at: z.iso.datetime({ offset: true }),
});
/** Who works on a row. */
export type ClaimJson = z.infer<typeof ClaimJson>;

/** A row that is ours. */
export interface RowClaim {
  /** Its file. */
  readonly path: string;
  /** Claims of processes that are gone, or that lost the row by force; `undefined` is one that nobody can read. */
  readonly superseded: readonly (ClaimJson | undefined)[];
  /** Gives the row back; the claims of others stay as a trace. */
  readonly release: () => Promise<void>;
}

interface Claimed {
  readonly generation: number;
  /** `undefined` when the file is not readable as a claim. */
  readonly claim: ClaimJson | undefined;
}

/**
 * Claims a row by exclusive create: `claim`, or `claim.2`, `claim.3` … after claims that are no longer valid. The highest
 * number holds. Nothing is renamed or replaced, so of all processes that see the same dead claim exactly one gets the row.
 *
 * @param mayTakeOver whether a holder's claim is no longer valid; `undefined` is a claim that cannot be read.
 * @returns the claim, or who has the row.
 */
export async function claimRow(
  rowDirectory: string,
  mine: ClaimJson,
  mayTakeOver: (holder: ClaimJson | undefined) => boolean | Promise<boolean>,
): Promise<RowClaim | { readonly holder: ClaimJson | undefined }> {
  for (;;) {
    const claims = await readClaims(rowDirectory);
    const last = claims.at(-1);
    if (last && !(await mayTakeOver(last.claim))) return { holder: last.claim };
    const generation = (last?.generation ?? 0) + 1;
    const path = join(rowDirectory, generation === 1 ? "claim" : `claim.${generation}`);
    try {
      await createFile(path, toJsonText(mine), { isDurable: false }); // a claim need not outlive a crash of the machine
    } catch (error) {
      if (hasCode(error, "EEXIST")) continue;
      throw error;
    }
    return { path, superseded: claims.map(({ claim }) => claim), release: () => rm(path, { force: true }) };
  }
}

/** Who has the row now, as far as its files tell; `undefined` when nobody has. */
export async function claimHolder(
  rowDirectory: string,
): Promise<{ readonly claim: ClaimJson | undefined } | undefined> {
  return (await readClaims(rowDirectory)).at(-1);
}

async function readClaims(rowDirectory: string): Promise<readonly Claimed[]> {
  const numbers = (await readdir(rowDirectory)).flatMap((name) => {
    const [, suffix] = /^claim(\.\d+)?$/.exec(name) ?? [];
    return name === "claim" ? [1] : suffix === undefined ? [] : [Number(suffix.slice(1))];
  });
  const claims = await Promise.all(
    numbers.map(async (generation) => {
      const path = join(rowDirectory, generation === 1 ? "claim" : `claim.${generation}`);
      const text = await readFile(path, "utf8").catch((error: unknown) => {
        if (hasCode(error, "ENOENT")) return undefined; // given back meanwhile
        throw error;
      });
      return text === undefined ? [] : [{ generation, claim: claimOf(text) }];
    }),
  );
  return claims.flat().sort((a, b) => a.generation - b.generation);
}

function claimOf(text: string): ClaimJson | undefined {
  try {
    return ClaimJson.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
