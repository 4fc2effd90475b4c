import type { Indices } from "./axis.ts";

const CHUNK_BITS = 10;
const CHUNK_ROWS = 1 << CHUNK_BITS;

/**
 * A set of points: 8 bytes per axis and 16 to 64 per point. A million of them as texts
 * in a `Set` would take ten times that.
 */
export class PointSet {
  readonly #width: number;
  readonly #chunks: Float64Array[] = [];
  #size = 0;
  /**
   * Open addressing, never more than half full. A place is two numbers: 1 + the row of a point, 0 where free; and the
   * hash of the point, which tells most strangers apart without looking at them.
   */
  #table = new Int32Array(512);

  /** Points of `width` axes. */
  constructor(width: number) {
    this.#width = width;
  }

  /** How many distinct points there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a point, unless it is there already; says whether it was new. */
  add(indices: Indices): boolean {
    if (4 * this.#size >= this.#table.length) this.#grow();
    const hash = hashOf(indices, this.#width);
    const place = this.#placeOf(indices, hash);
    if (this.#table[place] !== 0) return false;
    const chunk = this.#chunks[this.#size >>> CHUNK_BITS] ?? this.#newChunk();
    const start = (this.#size & (CHUNK_ROWS - 1)) * this.#width;
    for (let axis = 0; axis < this.#width; axis++) chunk[start + axis] = indices[axis] ?? 0;
    this.#size += 1;
    this.#table[place] = this.#size;
    this.#table[place + 1] = hash;
    return true;
  }

  /** Whether a point is there. */
  has(indices: Indices): boolean {
    return this.#table[this.#placeOf(indices, hashOf(indices, this.#width))] !== 0;
  }

  /** Where a point stands in the table, or the free place where it would. */
  #placeOf(indices: Indices, hash: number): number {
    const table = this.#table;
    const mask = table.length - 2;
    let place = (hash << 1) & mask;
    for (;;) {
      const row = (table[place] ?? 0) - 1;
      if (row < 0 || (table[place + 1] === hash && this.#isAt(row, indices))) return place;
      place = (place + 2) & mask;
    }
  }

  #isAt(row: number, indices: Indices): boolean {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const start = (row & (CHUNK_ROWS - 1)) * this.#width;
    for (let axis = 0; axis < this.#width; axis++) if (chunk?.[start + axis] !== indices[axis]) return false;
    return true;
  }

  #newChunk(): Float64Array {
    const chunk = new Float64Array(CHUNK_ROWS * this.#width);
    this.#chunks.push(chunk);
    return chunk;
  }

  #grow(): void {
    const old = this.#table;
    const table = new Int32Array(old.length * 2);
    const mask = table.length - 2;
    for (let from = 0; from < old.length; from += 2) {
      const [row = 0, hash = 0] = [old[from], old[from + 1]];
      if (row === 0) continue;
      let place = (hash << 1) & mask;
      while (table[place] !== 0) place = (place + 2) & mask;
      table[place] = row;
      table[place + 1] = hash;
    }
    this.#table = table;
  }
}

/** Mixes `width` integers below 2^53 into 32 bits; multipliers of MurmurHash3's finaliser. */
function hashOf(indices: Indices, width: number): number {
  let hash = width;
  for (let axis = 0; axis < width; axis++) {
    const index = indices[axis] ?? 0;
    if (index >= 2 ** 32) hash = Math.imul(hash ^ (index / 2 ** 32), 0xc2b2ae35);
    hash = Math.imul(hash ^ index, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
