// oxlint-disable-next-line typescript/triple-slash-reference -- whoever compiles this source needs the declaration as well
/// <reference path="./seedrandom.d.ts" />
// The file of this one generator: seedrandom's index brings six others along, 3 kB of a browser's bundle
import generatorOf from "seedrandom/lib/alea.js";

/** A stream of randomness; what is drawn one way is not drawn the other way again. */
export interface Stream {
  /** The next 32 bits, as a signed integer. */
  readonly int32: () => number;
  /** The next number from 0 up to 1, of 53 bits. */
  readonly double: () => number;
}

/** The stream that belongs to a text: `seedrandom.alea(text)`. */
export function alea(text: string): Stream {
  return generatorOf(text);
}
