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
export const OVERLAP_LENGTH = 65_536;
const WINDOW_LENGTH = 1_048_576;

/** Cuts a log into overlapping windows at places that depend on its text alone, not on how it arrives. */
export async function* logWindows(pieces: AsyncIterable<string>): AsyncGenerator<LogWindow, void> {
  let text = "";
  let offset = 0;
  let waiting: string[] = [];
  let waitingLength = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    waitingLength += piece.length;
    if (text.length + waitingLength <= WINDOW_LENGTH) continue;
    text += waiting.join("");
    waiting = [];
    waitingLength = 0;
    while (text.length > WINDOW_LENGTH) {
      const end = wholeCharacters(text, WINDOW_LENGTH);
      const limit = wholeCharacters(text, end - OVERLAP_LENGTH);
      yield { text: text.slice(0, end), offset, limit, isLast: false };
      const start = wholeCharacters(text, limit - OVERLAP_LENGTH);
      text = text.slice(start);
      offset += start;
    }
  }
  text += waiting.join("");
  yield { text, offset, limit: text.length + 1, isLast: true };
}

/** `index`, or the one before it where it would cut a surrogate pair. */
function wholeCharacters(text: string, index: number): number {
  return /^[\udc00-\udfff]$/.test(text.charAt(index)) ? index - 1 : index;
}
