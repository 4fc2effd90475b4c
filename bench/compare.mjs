// Times commands in turns, so that whatever else the machine does hits all of them alike.
import { spawnSync } from "node:child_process";
import { cpus } from "node:os";

/** Prints what the figures depend on. */
export function describeMachine() {
  const processors = cpus();
  console.log(
    `${processors[0]?.model ?? "unknown CPU"}, ${processors.length} threads, node ${process.version}, ${process.platform}`,
  );
}

/** Seconds of one run of a command, which has to succeed. */
export function seconds(command, args, options = {}) {
  const start = performance.now();
  output(command, args, options);
  return (performance.now() - start) / 1000;
}

/** What a command prints, which has to succeed. */
export function output(command, args, options = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...options });
  if (status === 0) return stdout;
  throw new Error(`${command} ${args.join(" ")}: ${error?.message ?? (stderr || `ended by ${signal ?? status}`)}`);
}

/**
 * Runs every case `rounds` times in turns; the first case is what the ratios refer to.
 * A case returns its seconds, or what `show` prints instead.
 */
export function compare(cases, rounds, show = ms) {
  const times = new Map(cases.map(({ name }) => [name, []]));
  for (const { run } of cases) run(); // warm-up
  for (let round = 0; round < rounds; round += 1) for (const { name, run } of cases) times.get(name).push(run());
  const reference = times.get(cases[0].name);
  for (const [name, values] of times) {
    console.log(`${name.padEnd(40)} ${show(median(values))}   ×${spread(ratios(values, reference))}`);
  }
  return times;
}

/** Round by round, how many times the reference a case took. */
export function ratios(values, reference) {
  return values.map((value, index) => value / reference[index]);
}

/** The middle value. */
export function median(values) {
  return quantile(values, 0.5);
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round(share * (sorted.length - 1))];
}

function spread(values) {
  return `${median(values).toFixed(2)} (quartiles ${quantile(values, 0.25).toFixed(2)}–${quantile(values, 0.75).toFixed(2)})`;
}

/** Seconds as padded milliseconds. */
function ms(value) {
  return `${(value * 1000).toFixed(1).padStart(8)} ms`;
}
