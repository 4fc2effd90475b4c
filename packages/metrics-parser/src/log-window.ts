/** A stretch of a log that is searched at once. */
export interface LogWindow {
  readonly text: string;
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

/** Part of every text that a search for `nan` or `inf` in place of a number finds. */
const NOT_FINITE = /nan\b|inf(?:inity)?\b/i;

/** Cuts a log into overlapping windows at places that depend on its text alone, not on how it arrives. */
export async function* logWindows(
  pieces: AsyncIterable<string> | Iterable<string>,
  size: typeof SIZE = SIZE,
): AsyncGenerator<LogWindow, void> {
  let waiting: string[] = [];
  let length = 0;
  let offset = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    while (length > size.window) {
      const text = waiting.join("");
      const end = wholeCharacters(text, size.window);
      const limit = wholeCharacters(text, end - size.overlap);
      yield windowOf(text.slice(0, end), { offset, limit, isLast: false });
      const start = wholeCharacters(text, limit - size.overlap);
      waiting = [text.slice(start)];
      length -= start;
      offset += start;
    }
  }
  const text = waiting.join("");
  yield windowOf(text, { offset, limit: text.length + 1, isLast: true });
}

function windowOf(text: string, place: Pick<LogWindow, "offset" | "limit" | "isLast">): LogWindow {
  return { text, mayHoldNotFinite: NOT_FINITE.test(text), ...place };
}

/** `index`, or the one before it where it would cut a surrogate pair. */
function wholeCharacters(text: string, index: number): number {
  return /^[\udc00-\udfff]$/.test(text.charAt(index)) ? index - 1 : index;
}
