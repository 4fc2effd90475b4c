// Bars that a benchmark has to clear: each is printed as it is decided, and remembered when it is missed.

/** An empty list of missed bars, and what adds to it. */
export function createBars() {
  const missed = [];
  const decide = (what, value, relation, bar, unit, met) => {
    console.log(`${what}: ${number(value)} ${unit}, bar ${relation} ${bar} ${unit}: ${met ? "met" : "NOT met"}`);
    if (!met) missed.push(what);
  };
  return {
    missed,
    /** `value` has to be `bar` or more. */
    atLeast: (what, value, bar, unit) => decide(what, value, "≥", bar, unit, value >= bar),
    /** `value` has to be `bar` or less. */
    atMost: (what, value, bar, unit) => decide(what, value, "≤", bar, unit, value <= bar),
    /** Neither met nor missed: what it is measured against is not here. */
    notMeasured: (what, reason) => console.log(`${what}: not measured: ${reason}`),
    /** Runs one part of the benchmark; when it breaks, its bars are missed and the next part still runs. */
    part: async (title, run) => {
      console.log(`\n${title}`);
      try {
        await run();
      } catch (error) {
        console.log(`${title}: NOT met: ${error.message}`);
        missed.push(title);
      }
    },
  };
}

function number(value) {
  return value < 100 ? value.toPrecision(3) : value.toFixed(0);
}
