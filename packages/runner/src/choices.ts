/** What happens when the machine is not free for a run: wait, go on flagged, refuse, or do not look. */
export const GATES = ["wait", "flag", "refuse", "off"] as const;
/**
 * How configurations are chosen: draws from the parameters' distributions, every combination, the baseline with one value
 * changed, evenly spread points, or children of the best earlier ones.
 */
export const STRATEGIES = ["random", "grid", "one-at-a-time", "sobol", "evolve"] as const;
/** Blocks that hold each configuration once in a seeded order, or the order of the file. */
export const ORDERS = ["block", "config"] as const;
/** Whether every block holds the baseline as well. */
export const BASELINES = ["none", "block"] as const;
/** What ends the rest between two rows: power and temperature that are back at idle, or the time alone. */
export const COOL_DOWNS = ["idle", "time"] as const;
/** CPU frequency governors of Linux. */
export const GOVERNORS = ["performance", "powersave", "ondemand", "conservative", "schedutil"] as const;
/** Which way an objective is better. */
export const DIRECTIONS = ["minimize", "maximize"] as const;
/** Energies that `require` can insist on. */
export const REQUIREMENTS = ["cpu", "dram", "gpu"] as const;
