// What a command line needs to know before it does anything: this entry loads nothing else.
export { BASELINES, COOL_DOWNS, DIRECTIONS, GATES, GOVERNORS, ORDERS, REQUIREMENTS, STRATEGIES } from "./choices.ts";
export { nearest, suggestion } from "./nearest.ts";
