// Distinct configurations beside the original's Python generator and Optuna's RandomSampler, and what they weigh.
// Needs python3 (or what PYTHON names) and, once, PyPI; what cannot be compared is "not measured". A missed bar: exit 1.
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { bundleBytes } from "./bundle.mjs";
import { compare, describeMachine, median, output, ratios } from "./compare.mjs";
import { findPeers } from "./peers.mjs";

const COUNT = 1_000_000;
const ASKS = 20_000;
const ROUNDS = 5;
const MEGABYTE = 1e6;
const KILOBYTE = 1e3;

describeMachine();
const { generator, optuna } = findPeers();
const { missed, part, atLeast, atMost, notMeasured } = createBars();

await part(`${COUNT} distinct configurations of four parameters`, () => {
  const draws = race("plain", [
    { name: "the original's generator in Python", bar: 4, count: COUNT, ...generator },
    { name: `Optuna's RandomSampler, ${ASKS} asks`, bar: 100, count: ASKS, ...optuna },
  ]);
  console.log(`reading all keys takes another ${median(draws.map(({ keysSeconds }) => keysSeconds)).toFixed(2)} s`);
  const peaks = draws.map(({ peakBytes }) => peakBytes / MEGABYTE);
  atMost("a process that holds them, peak memory", Math.max(...peaks), 400, "MB");
});

await part(`${COUNT} distinct configurations with conditional parameters`, () => {
  race("conditional", [{ name: "the same generator with an if", bar: 3, count: COUNT, ...generator }]);
});

await part("Complete spaces", () => {
  const cubes = Array.from({ length: ROUNDS }, () => draw("cube", 100 ** 3).seconds[0]);
  atMost("100 × 100 × 100 ints", median(cubes), 5, "s");
  const calls = Array.from({ length: ROUNDS }, () => draw("hundred", 100, 1000).seconds.map((value) => value * 1000));
  const cold = median(calls.map(([first]) => first));
  console.log(`1 to 100, log-uniform, first call of a process: ${cold.toFixed(2)} ms`);
  atMost("1 to 100, log-uniform, median of 1000 calls", median(calls.map(median)), 1, "ms");
});

await part("Browser bundle without zod", async () => {
  const { minified, gzip, brotli } = await bundleBytes(["@ea/mutator"], ["zod"]);
  console.log(`minified ${minified} bytes, brotli ${brotli} bytes`);
  atMost("minified, gzip", gzip / KILOBYTE, 12, "kB");
  const all = await bundleBytes(["@ea/mutator", "@ea/mutator/strategies"], ["zod"]);
  console.log(
    `with all strategies: minified ${all.minified} bytes, gzip ${all.gzip} bytes, brotli ${all.brotli} bytes`,
  );
});

console.log(missed.length === 0 ? "\nNo bar was missed." : `\nMissed: ${missed.join("; ")}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** Draws from one space in turns with the peers that are here, holds the ratios against their bars, returns our draws. */
function race(space, peers) {
  const draws = [];
  const ours = () => {
    const drawn = draw(space, COUNT);
    draws.push(drawn);
    return drawn.seconds[0] / COUNT;
  };
  const cases = peers
    .filter(({ reason }) => reason === undefined)
    .map(({ name, count, run }) => ({ name, run: () => run(space, count) / count }));
  const times = compare([{ name: "takeMutations", run: ours }, ...cases], ROUNDS, perConfiguration);
  for (const { name, bar, reason } of peers) {
    const what = `speed beside ${name}`;
    if (reason !== undefined) notMeasured(what, reason);
    else atLeast(what, median(ratios(times.get(name), times.get("takeMutations"))), bar, "×");
  }
  return draws;
}

/** What a fresh process draws and needs; it has to draw exactly `count` configurations, all distinct. */
function draw(space, count, calls = 1) {
  const program = fileURLToPath(new URL("draw.mjs", import.meta.url));
  const drawn = JSON.parse(output(process.execPath, [program, space, String(count), String(calls)]));
  if (drawn.count === count && drawn.distinct === count) return drawn;
  throw new Error(`Expected ${count} distinct configurations, found ${drawn.distinct} among ${drawn.count}`);
}

/** Seconds per configuration, as microseconds and as a rate. */
function perConfiguration(seconds) {
  const rate = Math.round(1 / seconds).toLocaleString("en");
  return `${(seconds * 1e6).toFixed(2).padStart(7)} µs ${rate.padStart(10)}/s`;
}
