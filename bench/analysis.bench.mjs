// How long the analysis of 1000 runs takes, with 1000 resamples of each front; exits 1 when it takes more than five seconds.
import { analyzeStudy } from "@ea/analysis";
import { createBars } from "./bars.mjs";
import { describeMachine, median } from "./compare.mjs";

const RUNS = 1000;
const CONFIGURATIONS = 250;
const ROUNDS = 3;

const quantity = (name, value) => ({ name, value, unit: "J", quality: "measured", uncertainty: null });

/** Energy by epochs and batch size, with two per cent of noise that depends on the number alone. */
function run(row) {
  const configuration = row % CONFIGURATIONS;
  const [epochs, batch] = [5 + (configuration % 11), 16 + ((configuration * 37) % 113)];
  const optimizer = ["adam", "sgd", "lion"][configuration % 3];
  const joules = 1000 * epochs * batch ** -0.2 * (1 + 0.02 * Math.sin(row * row));
  return {
    session: `session ${row % 4}`,
    key: String(configuration),
    record: {
      experiment_id: `run_${row}`,
      timestamp: new Date(1e12 + row * 1e6).toISOString(),
      repository: "made-up",
      model: `model_${row % 2}`,
      mode: "mutation",
      mutated: ["epochs"],
      hyperparameters: { epochs, batch, optimizer, dropout: (configuration % 13) / 13, seed: row },
      status: "success",
      duration_seconds: joules / 100,
      energy: [quantity("gpu", joules), quantity("cpu_package", joules / 4)],
      performance_metrics: { accuracy: 0.8 + epochs / 100 + 0.01 * Math.sin(row) },
      attempts: [],
      flags: [],
    },
  };
}

describeMachine();
const bars = createBars();
const runs = Array.from({ length: RUNS }, (_, row) => run(row));
const times = Array.from({ length: ROUNDS }, () => {
  const start = performance.now();
  analyzeStudy(runs);
  return (performance.now() - start) / 1000;
});
bars.atMost(`analysis of ${RUNS} runs`, median(times), 5, "s");
process.exitCode = bars.missed.length === 0 ? 0 : 1;
