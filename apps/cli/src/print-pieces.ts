import { setImmediate } from "node:timers/promises";
import type { Terminal } from "./terminal.ts";

const CHARACTERS = 2 ** 16;

/** Prints a long text in pieces of a good size, so that it is never there as a whole, on its way out neither. */
export async function printPieces(
  pieces: Iterable<string> | AsyncIterable<string>,
  { out, drained }: Pick<Terminal, "out" | "drained">,
): Promise<void> {
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    if (text.length < CHARACTERS) continue;
    out(text);
    text = "";
    await setImmediate(); // what was written is let go of
    await drained();
  }
  out(text);
}
