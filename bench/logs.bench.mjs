// Ten metrics out of a training log of 500 MB, beside Python's re and grep -E; and how much memory it takes.
import { createReadStream, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scanLog } from "@ea/metrics-parser";
import { createBars } from "./bars.mjs";
import { describeMachine, median, output } from "./compare.mjs";
import { trainingLog } from "./training-log.mjs";

const BYTES = 500e6;
const ROUNDS = 3;
const MEGABYTE = 1e6;
const PATTERNS = {
  train_loss: "\\bloss: ([0-9.]+)",
  gradient: "grad_norm[:\\s]+([0-9.]+)",
  eval_loss: "'eval_loss': ([0-9.]+)",
  eval_accuracy: "'eval_accuracy': ([0-9.]+)",
  val_accuracy: "val_accuracy: ([0-9.]+)",
  chinese_accuracy: "测试准确率[:\\s]+([0-9.]+)",
  test_accuracy: "Test Accuracy[:\\s]+([0-9.]+)%?",
  test_loss: "Test loss[:\\s]+([0-9.]+)",
  f1: "F1[\\s-]*score[:\\s]+([0-9.]+)",
  rank1: "Rank@1[:\\s]+([0-9.]+)",
};

describeMachine();
const { missed, part, atMost, atLeast, notMeasured } = createBars();
const directory = mkdtempSync(join(tmpdir(), "ea-bench-"));
const log = join(directory, "training.log");
const rate = (seconds) => statSync(log).size / MEGABYTE / seconds;
try {
  const file = openSync(log, "w");
  for (const text of trainingLog(BYTES)) writeSync(file, text);

  await part(`Ten metrics out of ${(statSync(log).size / MEGABYTE).toFixed(0)} MB`, async () => {
    const ours = [];
    const { values } = await scanned();
    for (let round = 0; round < ROUNDS; round += 1) ours.push((await scanned()).seconds);
    console.log(`scanLog: ${rate(median(ours)).toFixed(0)} MB/s`);
    await beside("Python's re", 10, median(ours), values, python);
    await beside("grep -E, once for each pattern", 1, median(ours), values, grep);
    atLeast("scanLog", rate(median(ours)), 100, "MB/s");
    atMost("resident", process.resourceUsage().maxRSS / 1024, 250, "MB");
  });
} finally {
  rmSync(directory, { recursive: true });
}

console.log(missed.length === 0 ? "\nNo bar was missed." : `\nMissed: ${missed.join("; ")}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

async function scanned() {
  const startMs = performance.now();
  const { metrics } = await scanLog(createReadStream(log), { metrics: PATTERNS });
  const seconds = (performance.now() - startMs) / 1000;
  return { seconds, values: Object.fromEntries(metrics.map(({ name, text }) => [name, text ?? null])) };
}

/** A peer that gives the same answers, and how many times as long it takes. */
async function beside(name, bar, ourSeconds, values, run) {
  let peer;
  try {
    peer = run();
  } catch (error) {
    notMeasured(name, error.message.trim());
    return;
  }
  for (const [metric, value] of Object.entries(values)) {
    if (peer.values[metric] !== value)
      throw new Error(`${name}: ${metric} is ${peer.values[metric]}, ours is ${value}`);
  }
  console.log(`${name}: ${rate(peer.seconds).toFixed(0)} MB/s, the same ten answers`);
  atLeast(`as fast as ${name}`, peer.seconds / ourSeconds, bar, "times");
}

function python() {
  const program = fileURLToPath(new URL("peers/last_matches.py", import.meta.url));
  return JSON.parse(output(process.env.PYTHON ?? "python3", [program, log, JSON.stringify(PATTERNS)]));
}

/** GNU grep knows no groups: the number is what is left of the last match without what is no number. */
function grep() {
  const startMs = performance.now();
  const values = Object.entries(PATTERNS).map(([name, pattern]) => {
    const extended = pattern.replaceAll("[:\\s]", "[:[:space:]]").replaceAll("[\\s-]", "[-[:space:]]");
    const command = 'grep -aoiE -e "$1" "$2" | tail -n 1';
    const last = output("bash", ["-c", command, "bash", extended, log], { env: { ...process.env, LC_ALL: "C.UTF-8" } });
    return [name, /([0-9.]+)%?\s*$/.exec(last)?.[1] ?? null];
  });
  return { seconds: (performance.now() - startMs) / 1000, values: Object.fromEntries(values) };
}
