export { type Evolution, type EvolutionOptions, evolution } from "./evolution.ts";
export { type EvolveOptions, evolve } from "./evolve.ts";
export { grid } from "./grid.ts";
export { oneAtATime } from "./one-at-a-time.ts";
export { nonDominated, type Objective, type Result } from "./pareto.ts";
export { sobol } from "./sobol.ts";
