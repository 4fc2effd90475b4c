import seedrandom from "seedrandom";

/** The items in an order that depends on nothing but the seed. */
export function shuffle<Item>(items: readonly Item[], seed: string): Item[] {
  const random = seedrandom.alea(seed);
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
