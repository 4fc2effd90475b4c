import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outcomeToJson, type Plan, type RecordJson, writeRecord } from "@ea/records";
import { EXAMPLE_ATTEMPT, exampleOutcome } from "../../records/test/example-outcome.ts";

export const SESSION = "20260303_091407_lr";

/** Names that break whatever puts them into its syntax without care. */
export const HOSTILE = ['a "quoted" name', "two\nlines", "größe/β 🙂", "'; drop", "x".repeat(3000), "\\n{}\r", "=1+1"];

const metric = {
  outcome: "found",
  value: 0.5,
  unit: null,
  aggregation: "all",
  printed: null,
  text: "0.5",
  line: 3,
  not_finite: 1,
  series: {
    count: 3,
    every: 1,
    points: [
      { x: 1, value: 0.9, time: null, line: 1 },
      { x: 2, value: null, time: null, line: 2 },
      { x: 3, value: 0.5, time: null, line: 3 },
    ],
  },
};

/** A run that succeeded, with a series of losses. */
export const GOOD: RecordJson = outcomeToJson(
  exampleOutcome({}, { metrics: { loss: metric }, performanceMetrics: { test_accuracy: 0.97, loss: 0.5 } }),
);

/** A run that failed twice. */
export const FAILED: RecordJson = (() => {
  const failed = { status: "failed", failureClass: "crash", errorMessage: "exit code 3", exitCode: 3 } as const;
  const attempt = { ...EXAMPLE_ATTEMPT, ...failed, performanceMetrics: {} };
  const outcome = exampleOutcome({ row: 8, experimentId: "20260303_091407_lr_008_digits_mlp_4567cdef" });
  return outcomeToJson({ ...outcome, attempts: [attempt, { ...attempt, attempt: 2 }] });
})();

/** A run whose every name is hostile. */
export const STRANGE: RecordJson = outcomeToJson(
  exampleOutcome(
    {
      row: 9,
      experimentId: `9 '"\n🙂`,
      hyperparameters: Object.fromEntries(HOSTILE.map((name) => [name, name])),
      mutated: HOSTILE,
    },
    {
      performanceMetrics: Object.fromEntries(HOSTILE.map((name, index) => [name, index])),
      errorMessage: HOSTILE.join("\n"),
    },
  ),
);

/** The plan that they are of. */
export const PLAN: Plan = {
  toolVersion: "0.1.0",
  session: SESSION,
  seed: "1",
  warnings: [],
  rows: [],
  policies: {},
  experiments: [
    {
      repository: "digits",
      model: "mlp",
      mode: "mutation",
      strategy: "random",
      mutate: ["learning_rate"],
      space: {
        size: null,
        parameters: { learning_rate: { type: "float", range: [1e-6, 1e-3], distribution: "log_uniform" } },
        constraints: [],
      },
    },
  ],
};

/** A new session's directory with these records. */
export async function sessionOf(records: readonly RecordJson[]): Promise<string> {
  const session = mkdtempSync(join(tmpdir(), "ea-exchange-"));
  for (const record of records) {
    const directory = join(session, String(record.row).padStart(3, "0"));
    mkdirSync(directory);
    await writeRecord(directory, record);
  }
  return session;
}
