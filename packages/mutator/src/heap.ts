/** A binary heap: hands out the item with the smallest order first. */
export class Heap<T> {
  /** Beside the items, so that comparing need not look at them: half the time of a large heap. */
  readonly #orders: number[] = [];
  readonly #items: T[] = [];

  /** The order of the first item; infinite when there is none. */
  get firstOrder(): number {
    return this.#orders[0] ?? Number.POSITIVE_INFINITY;
  }

  /** Adds an item. */
  push(item: T, order: number): void {
    const orders = this.#orders;
    const items = this.#items;
    let index = items.length;
    items.push(item);
    orders.push(order);
    while (index > 0) {
      const parent = (index - 1) >>> 1;
      if ((orders[parent] ?? 0) <= order) break;
      this.#copy(parent, index);
      index = parent;
    }
    orders[index] = order;
    items[index] = item;
  }

  /** Removes and returns the first item; `undefined` when there is none. */
  pop(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    const order = this.#orders.pop();
    if (last !== undefined && order !== undefined && this.#items.length > 0) this.#sink(last, order);
    return first;
  }

  #sink(item: T, order: number): void {
    const orders = this.#orders;
    const size = orders.length;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= size) break;
      if (child + 1 < size && (orders[child + 1] ?? 0) < (orders[child] ?? 0)) child += 1;
      if ((orders[child] ?? 0) >= order) break;
      this.#copy(child, index);
      index = child;
    }
    orders[index] = order;
    this.#items[index] = item;
  }

  #copy(from: number, to: number): void {
    const item = this.#items[from];
    if (item !== undefined) this.#items[to] = item;
    this.#orders[to] = this.#orders[from] ?? 0;
  }
}
