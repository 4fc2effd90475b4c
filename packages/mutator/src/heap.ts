/** A binary heap: hands out the item with the smallest order first. */
export class Heap<T> {
  /** Beside the items, so that comparing need not look at them: half the time of a large heap. */
  readonly #orders: number[] = [];
  readonly #items: (T | undefined)[] = [];

  /** The order of the first item; infinite when there is none. */
  get firstOrder(): number {
    return this.#order(0);
  }

  /** Adds an item. */
  push(item: T, order: number): void {
    let index = this.#items.length;
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      if (this.#order(parent) <= order) break;
      this.#put(index, this.#items[parent], this.#order(parent));
      index = parent;
    }
    this.#put(index, item, order);
  }

  /** Removes and returns the first item; `undefined` when there is none. */
  pop(): T | undefined {
    const first = this.#items[0];
    const item = this.#items.pop();
    const order = this.#orders.pop() ?? 0;
    const size = this.#items.length;
    if (size === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child + 1 < size && this.#order(child + 1) < this.#order(child)) child += 1;
      if (child >= size || this.#order(child) >= order) break;
      this.#put(index, this.#items[child], this.#order(child));
      index = child;
    }
    this.#put(index, item, order);
    return first;
  }

  #order(index: number): number {
    return this.#orders[index] ?? Infinity;
  }

  #put(index: number, item: T | undefined, order: number): void {
    this.#items[index] = item;
    this.#orders[index] = order;
  }
}
