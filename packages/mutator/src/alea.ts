/** A stream of randomness; what is drawn one way is not drawn the other way again. */
export interface Stream {
  /** The next 32 bits, as a signed integer. */
  readonly int32: () => number;
  /** The next number from 0 up to 1, of 53 bits. */
  readonly double: () => number;
}

/**
 * The stream that belongs to a text: Johannes Baagøe's generator Alea, bit for bit as `seedrandom.alea(text)` gives it.
 * That package is CommonJS, of which the wrapping alone weighs more in a browser's bundle than the generator. Baagøe's
 * licence stands in `LICENSE`.
 */
export function alea(text: string): Stream {
  let hash = 0xefc8249d;
  /** Baagøe's Mash: a number from 0 up to 1 that depends on this text and on all before it. */
  const mash = (data: string): number => {
    for (let index = 0; index < data.length; index++) {
      hash += data.charCodeAt(index);
      const product = 0.02519603282416938 * hash;
      hash = product >>> 0;
      const spread = (product - hash) * hash;
      hash = spread >>> 0;
      hash += (spread - hash) * 2 ** 32;
    }
    return (hash >>> 0) / 2 ** 32;
  };
  const spaces = [mash(" "), mash(" "), mash(" ")];
  const [a = 0, b = 0, c = 0] = spaces.map((space) => (space - mash(text) + 1) % 1); // of 32 bits: nothing is rounded
  const state = { a, b, c, carry: 1 }; // an object: engines put the numbers that a closure changes into boxes
  const next = (): number => {
    const sum = 2091639 * state.a + state.carry / 2 ** 32;
    state.a = state.b;
    state.b = state.c;
    state.carry = sum | 0;
    state.c = sum - state.carry;
    return state.c;
  };
  return {
    int32: () => (next() * 2 ** 32) | 0,
    double: () => next() + ((next() * 2 ** 21) | 0) / 2 ** 53,
  };
}
