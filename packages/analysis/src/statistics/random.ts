import seedrandom from "seedrandom";

/** Numbers in [0, 1) that depend on nothing but the seed. */
export function randomOf(seed: string): () => number {
  return seedrandom.alea(seed);
}

/** The items in another order (Fisher and Yates; Durstenfeld 1964, Commun. ACM 7:420). */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) [order[last], order[other]] = [b, a];
  }
  return order;
}
