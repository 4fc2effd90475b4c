const KEPT = 20;

/** A row that was left out. */
export interface BadRow {
  /** The 1-based line on which it begins. */
  readonly line: number;
  readonly reason: string;
}

/** Counts the rows that are left out and keeps the first 20 of them. */
export class BadRows {
  #count = 0;
  readonly #first: BadRow[] = [];

  add(line: number, reason: string): void {
    this.#count += 1;
    if (this.#first.length < KEPT) this.#first.push({ line, reason });
  }

  get count(): number {
    return this.#count;
  }

  get first(): readonly BadRow[] {
    return [...this.#first];
  }
}
