import type { Indices } from "./axis.ts";
import { mix } from "./hash.ts";

const CHUNK_BITS = 10;
const CHUNK_ROWS = 1 << CHUNK_BITS;

/**
 * A set of points: 8 bytes per axis and 16 to 64 per point. A million of them as texts
 * in a `Set` would take ten times that.
 */
export class PointSet {
  readonly #width: number;
  /** The points, in chunks: one array that grows would be copied, a tenth of the time of a large list. */
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
  add(point: Indices): boolean {
    if (4 * this.#size >= this.#table.length) this.#grow(this.#table);
    const hash = hashOf(point, this.#width);
    const place = this.#placeOf(hash, point);
    if (this.#table[place] !== 0) return false;
    const row = this.#size & (CHUNK_ROWS - 1);
    if (row === 0) this.#chunks.push(new Float64Array(CHUNK_ROWS * this.#width));
    const chunk = this.#chunks.at(-1);
    for (let axis = 0; chunk && axis < this.#width; axis++) chunk[row * this.#width + axis] = point[axis] ?? 0;
    this.#size += 1;
    this.#table[place] = this.#size;
    this.#table[place + 1] = hash;
    return true;
  }

  /** Whether a point is there. */
  has(point: Indices): boolean {
    return this.#table[this.#placeOf(hashOf(point, this.#width), point)] !== 0;
  }

  /** Where a point stands in the table, or the free place where it would; without a point the next free place. */
  #placeOf(hash: number, point?: Indices): number {
    const table = this.#table;
    const mask = table.length - 2;
    let place = (hash << 1) & mask;
    for (;;) {
      const row = (table[place] ?? 0) - 1;
      if (row < 0 || (point && table[place + 1] === hash && this.#isAt(row, point))) return place;
      place = (place + 2) & mask;
    }
  }

  #isAt(row: number, point: Indices): boolean {
    const chunk = this.#chunks[row >>> CHUNK_BITS];
    const start = (row & (CHUNK_ROWS - 1)) * this.#width;
    for (let axis = 0; axis < this.#width; axis++) if (chunk?.[start + axis] !== point[axis]) return false;
    return true;
  }

  #grow(old: Int32Array): void {
    const table = new Int32Array(2 * old.length);
    this.#table = table;
    for (let from = 0; from < old.length; from += 2) {
      const row = old[from] ?? 0;
      if (row === 0) continue;
      const hash = old[from + 1] ?? 0;
      const place = this.#placeOf(hash);
      table[place] = row;
      table[place + 1] = hash;
    }
  }
}

/** Mixes `width` integers below 2^53 into 32 bits. */
function hashOf(point: Indices, width: number): number {
  let hash = 0;
  for (let axis = 0; axis < width; axis++) {
    const index = point[axis] ?? 0;
    hash = mix(hash ^ index);
    if (index >= 2 ** 32) hash = mix(hash ^ (index / 2 ** 32));
  }
  return hash;
}
