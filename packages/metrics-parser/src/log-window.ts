/** A stretch of a log that is searched at once. */
export interface LogWindow {
  readonly text: string;
  /** Where `text` starts in the whole log. */
  readonly offset: number;
  /** The place in `text` from which on a match waits for the next window; beyond the end in the last one. */
  readonly limit: number;
  readonly isLast: boolean;
}

/** How far a match may reach, and how far a look-behind may look, across the border of two windows. */
const OVERLAP_LENGTH = 65_536;
const WINDOW_LENGTH = 524_288;

/** Cuts a log into overlapping windows at places that depend on its text alone, not on how it arrives. */
export async function* logWindows(pieces: AsyncIterable<string>): AsyncGenerator<LogWindow, void> {
  let waiting: string[] = [];
  let length = 0;
  let offset = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    length += piece.length;
    while (length > WINDOW_LENGTH) {
      const text = waiting.join("");
      const end = wholeCharacters(text, WINDOW_LENGTH);
      const limit = wholeCharacters(text, end - OVERLAP_LENGTH);
      yield { text: text.slice(0, end), offset, limit, isLast: false };
      const start = wholeCharacters(text, limit - OVERLAP_LENGTH);
      waiting = [text.slice(start)];
      length -= start;
      offset += start;
    }
  }
  const text = waiting.join("");
  yield { text, offset, limit: text.length + 1, isLast: true };
}

/** `index`, or the one before it where it would cut a surrogate pair. */
function wholeCharacters(text: string, index: number): number {
  return /^[\udc00-\udfff]$/.test(text.charAt(index)) ? index - 1 : index;
}
