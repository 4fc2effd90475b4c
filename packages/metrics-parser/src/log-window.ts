import { foldCase, mayHoldNotFinite } from "./fold-case.ts";

/** A stretch of a log that is searched at once. */
export interface LogWindow {
  readonly text: string;
  /** `text` in lower case, place by place; `undefined` where that would not do for ignoring case. */
  readonly folded: string | undefined;
  /** Whether `nan` or `inf` may stand in it as a word of its own. */
  readonly mayHoldNotFinite: boolean;
  /** Where `text` starts in the whole log. */
  readonly offset: number;
  /** The place in `text` from which on a match waits for the next window; beyond the end in the last one. */
  readonly limit: number;
  readonly isLast: boolean;
}

/** In characters; `overlap` is how far a match may reach, and a look-behind look, across the border of two windows. */
const SIZE = { window: 1_048_576, overlap: 65_536 };

/** Cuts a log into overlapping windows at places that depend on its text alone, not on how it arrives. */
export async function* logWindows(
  pieces: AsyncIterable<string> | Iterable<string>,
  size: typeof SIZE = SIZE,
): AsyncGenerator<LogWindow, void> {
  let waiting: string[] = [];
  let folding: (string | undefined)[] = [];
  let length = 0;
  let offset = 0;
  const take = (): { readonly text: string; readonly folded: string | undefined } => ({
    text: waiting.join(""),
    folded: folding.includes(undefined) ? undefined : folding.join(""),
  });
  for await (const piece of pieces) {
    waiting.push(piece);
    folding.push(foldCase(piece)); // piece by piece: none is folded twice, and most are short of two-byte characters
    length += piece.length;
    while (length > size.window) {
      const { text, folded } = take();
      const end = wholeCharacters(text, size.window);
      const limit = wholeCharacters(text, end - size.overlap);
      yield windowOf(text.slice(0, end), folded?.slice(0, end), { offset, limit, isLast: false });
      const start = wholeCharacters(text, limit - size.overlap);
      waiting = [text.slice(start)];
      folding = [folded?.slice(start) ?? foldCase(text.slice(start))];
      length -= start;
      offset += start;
    }
  }
  const { text, folded } = take();
  yield windowOf(text, folded, { offset, limit: text.length + 1, isLast: true });
}

function windowOf(
  text: string,
  folded: string | undefined,
  place: Pick<LogWindow, "offset" | "limit" | "isLast">,
): LogWindow {
  return { text, folded, mayHoldNotFinite: folded === undefined || mayHoldNotFinite(folded), ...place };
}

/** `index`, or the one before it where it would cut a surrogate pair. */
function wholeCharacters(text: string, index: number): number {
  return /^[\udc00-\udfff]$/.test(text.charAt(index)) ? index - 1 : index;
}
