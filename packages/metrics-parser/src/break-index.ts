/**
 * Writes the positions of the delimiters and line feeds among the first `length` bytes into `positions`, from index 1 on.
 * The bytes come as words of four (little-endian); what follows them in the last word may be found too.
 *
 * Four bytes at once: a byte that equals the wanted one becomes 0 by XOR, and only for 0 the sum with 0x7f leaves the
 * highest bit of the byte unset (Warren, Hacker's Delight, 6–1).
 */
export function indexBreaks(words: Int32Array, length: number, delimiter: number, positions: Int32Array): void {
  // Here and not in the module, where a bundle makes variables of them: twice as slow
  const lowBits = 0x7f7f7f7f;
  const highBits = 0x80808080;
  const lineFeeds = 0x0a0a0a0a;
  const delimiters = Math.imul(delimiter, 0x01010101);
  const count = (length + 3) >> 2;
  let found = 1;
  for (let index = 0; index < count; index += 1) {
    const word = words[index] ?? 0;
    const a = word ^ delimiters;
    const b = word ^ lineFeeds;
    let breaks = ~((((a & lowBits) + lowBits) | a) & (((b & lowBits) + lowBits) | b)) & highBits;
    while (breaks !== 0) {
      const lowest = breaks & -breaks;
      positions[found] = (index << 2) + ((31 - Math.clz32(lowest)) >> 3);
      found += 1;
      breaks ^= lowest;
    }
  }
}
