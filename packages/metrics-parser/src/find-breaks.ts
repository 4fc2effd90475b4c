/** How many bytes a window can hold. */
export const WINDOW_BYTES = 2_097_152;

/** Finds delimiters and line feeds in a window of memory. */
export interface BreakFinder {
  /** Where the bytes are put, from the beginning on. */
  readonly window: Buffer;
  /** The positions found by the last `find`, in order, from index 1 on; index 0 holds -1. */
  readonly breaks: Int32Array;
  /** Looks through the first `length` bytes; up to 15 of the bytes behind them may be found too. */
  find(length: number, delimiter: number): void;
}

declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly window: { readonly memory: object } },
  ) => { readonly exports: { readonly find: (length: number, delimiter: number, out: number) => void } };
};

/** `find-breaks.wat`: with SIMD it is five times as fast as JavaScript, and from the first call on. */
const BINARY =
  "AGFzbQEAAAABBwFgA39/fwACEgEGd2luZG93Bm1lbW9yeQIAAQMCAQAHCAEEZmluZAAACmcBZQICfwN7IAH9DyEGQQr9DyEHA0AgA/0ABAAhBSAFIAb9IyAFIAf9I/1Q/WQhBCAEBEADQCACIAMgBGhqNgIAIAJBBGohAiAEIARBAWtxIQQgBA0ACwsgA0EQaiEDIAMgAEkNAAsL";
const PAGE_BYTES = 65_536;
const BREAKS_AT = WINDOW_BYTES + PAGE_BYTES;

let shared: BreakFinder | undefined;

/**
 * The finder of this process; whoever uses it has to be done with its window before giving way to others. `undefined`
 * where there can be none: under a tight limit of virtual memory (`ulimit -v`) or in a Node without WebAssembly.
 */
export function breakFinder(): BreakFinder | undefined {
  try {
    shared ??= createFinder();
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof ReferenceError)) throw error;
  }
  return shared;
}

function createFinder(): BreakFinder {
  const memory = new WebAssembly.Memory({ initial: (BREAKS_AT + 4 * (WINDOW_BYTES + PAGE_BYTES)) / PAGE_BYTES });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(BINARY, "base64")), {
    window: { memory },
  });
  const breaks = new Int32Array(memory.buffer, BREAKS_AT);
  breaks[0] = -1;
  return {
    window: Buffer.from(memory.buffer, 0, WINDOW_BYTES),
    breaks,
    find: (length, delimiter) => exports.find(length, delimiter, BREAKS_AT + 4),
  };
}
