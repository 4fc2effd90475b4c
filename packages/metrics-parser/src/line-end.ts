/** Watches whether a text ends within a line. */
export interface LineEnd {
  /** Passes the pieces on as they are. */
  watch(pieces: AsyncIterable<string | Uint8Array>): AsyncGenerator<string | Uint8Array, void>;
  /** Whether something other than white space follows the last newline so far. */
  isOpen(): boolean;
}

/** A watch over one text. */
export function lineEnd(): LineEnd {
  let isOpen = false;
  return {
    async *watch(pieces) {
      for await (const piece of pieces) {
        const start = Math.max(lastIndex(piece, "\n"), lastIndex(piece, "\r")) + 1;
        const rest =
          typeof piece === "string" ? piece.slice(start) : Buffer.from(piece.subarray(start)).toString("latin1");
        isOpen = (start === 0 && isOpen) || /[^ \t]/.test(rest);
        yield piece;
      }
    },
    isOpen: () => isOpen,
  };
}

function lastIndex(piece: string | Uint8Array, character: string): number {
  return typeof piece === "string" ? piece.lastIndexOf(character) : piece.lastIndexOf(character.charCodeAt(0));
}
