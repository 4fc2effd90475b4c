const [LINE_FEED, CARRIAGE_RETURN] = [10, 13];

/** Watches whether a text ends within a line. */
export interface LineEnd {
  /** Passes the pieces on as they are. */
  watch(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void>;
  /** Whether something other than white space follows the last line break so far. */
  isOpen(): boolean;
}

/** A watch over one text. */
export function lineEnd(): LineEnd {
  let isOpen = false;
  return {
    async *watch(pieces) {
      for await (const piece of pieces) {
        const start = Math.max(piece.lastIndexOf(LINE_FEED), piece.lastIndexOf(CARRIAGE_RETURN)) + 1;
        const rest = Buffer.from(piece.subarray(start)).toString("latin1");
        isOpen = (start === 0 && isOpen) || /[^ \t]/.test(rest);
        yield piece;
      }
    },
    isOpen: () => isOpen,
  };
}
