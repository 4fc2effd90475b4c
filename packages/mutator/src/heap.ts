/** A binary heap: hands out the item with the smallest `order` first. */
export class Heap<T extends { readonly order: number }> {
  readonly #items: T[] = [];

  /** Adds an item. */
  push(item: T): void {
    let index = this.#items.length;
    while (index > 0) {
      const parentIndex = (index - 1) >>> 1;
      const parent = this.#items[parentIndex];
      if (parent === undefined || parent.order <= item.order) break;
      this.#items[index] = parent;
      index = parentIndex;
    }
    this.#items[index] = item;
  }

  /** Removes and returns the first item; `undefined` when there is none. */
  pop(): T | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#sink(last);
    return first;
  }

  #sink(item: T): void {
    let index = 0;
    for (;;) {
      const left = this.#items[2 * index + 1];
      const right = this.#items[2 * index + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && right.order < left.order;
      const child = isRight ? right : left;
      if (child.order >= item.order) break;
      this.#items[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    this.#items[index] = item;
  }
}
