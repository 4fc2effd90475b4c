/**
 * A stream of numbers in [0, 1) that depends on its seed and its name alone (mulberry32). Weights, order and dropout
 * have a stream each, so that turning one off does not change what the others draw.
 * @param {number} seed
 * @param {string} name
 * @returns {() => number}
 */
export function randomStream(seed, name) {
  let state = hash(`${seed}/${name}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The numbers 0 … length - 1 in random order (Fisher–Yates).
 * @param {number} length
 * @param {() => number} random
 */
export function permutation(length, random) {
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [Number(order[j]), Number(order[i])];
  }
  return order;
}

/**
 * What to multiply a layer's outputs by: 0 with probability `rate`, else 1 / (1 - rate), so that the mean stays.
 * tf.dropout with a seed repeats one mask at every step; taken from a stream, each mask is a new one.
 * @param {number} length
 * @param {number} rate in [0, 1)
 * @param {() => number} random
 */
export function dropoutMask(length, rate, random) {
  const kept = 1 / (1 - rate);
  return Float32Array.from({ length }, () => (random() < rate ? 0 : kept));
}

/**
 * FNV-1a, 32 bits.
 * @param {string} text
 */
function hash(text) {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h;
}
