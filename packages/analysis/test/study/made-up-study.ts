import type { RecordJson } from "@ea/records";
import { randomOf } from "../../src/statistics/random.ts";
import type { StudyRun } from "../../src/study/study-run.ts";
import { quantity, record } from "../records.ts";

/** A sound run whose energy is 1 kJ × epochs × batch size^−0.2, with two per cent of noise, at 100 W. */
export function run(
  index: number,
  parameters: RecordJson["hyperparameters"],
  members: Partial<RecordJson> = {},
): StudyRun {
  const random = randomOf(`noise ${index}`);
  const [epochs, batch] = [Number(parameters["epochs"] ?? 10), Number(parameters["batch_size"] ?? 32)];
  const joules = 1000 * epochs * batch ** -0.2 * (1 + 0.02 * (2 * random() - 1));
  return {
    session: "one",
    key: JSON.stringify(Object.entries(parameters).filter(([name]) => name !== "seed")),
    record: record(
      [quantity("gpu", joules)],
      { accuracy: 0.8 + 0.01 * epochs - 0.0003 * epochs ** 2 },
      {
        experiment_id: `run_${index}`,
        row: index,
        timestamp: new Date(Date.UTC(2026, 0, 1) + index * 3_600_000).toISOString(),
        hyperparameters: parameters,
        mutated: Object.keys(parameters),
        duration_seconds: joules / 100,
        ...members,
      },
    ),
  };
}

/** Forty configurations of two parameters. */
export function sweep(): readonly StudyRun[] {
  const random = randomOf("sweep");
  return Array.from({ length: 40 }, (_, index) =>
    run(index, {
      epochs: 5 + Math.floor(11 * random()),
      batch_size: 16 + Math.floor(112 * random()),
      dropout: random(),
    }),
  );
}

/** An error that an audit has found. */
export function errorAbout({ record: { experiment_id } }: StudyRun) {
  return {
    experiment_id,
    source: null,
    code: "contaminated" as const,
    severity: "error" as const,
    message: "another process used the GPU",
    evidence: {},
  };
}
