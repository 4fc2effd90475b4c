import * as fc from "fast-check";
import { expect, test } from "vitest";
import { makePlan, type PlanRequest, renamePlan, rowDirectoryName } from "../src/make-plan.ts";
import { experiment, settings } from "./examples.ts";

function request(fields: Partial<PlanRequest> = {}): PlanRequest {
  return {
    experiments: [experiment()],
    settings: settings(),
    seed: "42",
    toolVersion: "1.2.3",
    session: "s",
    ...fields,
  };
}

test("the same request gives the same plan", () => {
  expect(makePlan(request())).toEqual(makePlan(request()));
});

test("rows are numbered from 0 and carry their place, arguments and id", () => {
  const { rows } = makePlan(request({ settings: settings({ order: "config" }) }));
  expect(rows.map(({ row }) => row)).toEqual([0, 1, 2]);
  const [first] = rows;
  const { epochs, learning_rate: rate } = first?.hyperparameters ?? {};
  expect(first).toMatchObject({
    experiment: 0,
    repository: "mine",
    model: "mlp",
    mode: "mutation",
    block: 0,
    argv: ["train.sh", "--model", "mlp", "--epochs", String(epochs), "--lr", String(rate), "--seed", "42"],
  });
  expect(first?.experimentId).toMatch(/^s_000_mine_mlp_[0-9a-f]{8}$/);
});

test("a block holds each configuration once, in an order of the seed", () => {
  const law = fc.property(
    fc.string(),
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 4 }),
    (seed, runs, repetitions) => {
      const experiments = [experiment({ runs }), experiment({ model: "cnn", runs })];
      const { rows } = makePlan(request({ experiments, seed, settings: settings({ repetitions }) }));
      for (let block = 0; block < repetitions; block += 1) {
        const members = rows.slice(block * 2 * runs, (block + 1) * 2 * runs);
        expect(members.every((row) => row.block === block && row.repetition === block)).toBe(true);
        expect(new Set(members.map(({ model, key }) => `${model} ${key}`)).size).toBe(2 * runs);
      }
      expect(rows).toHaveLength(2 * runs * repetitions);
    },
  );
  fc.assert(law, { seed: 6, numRuns: 30 });
});

test("blocks differ in their order, and so do seeds", () => {
  const order = (seed: string) =>
    makePlan(request({ seed, experiments: [experiment({ runs: 12 })], settings: settings({ repetitions: 2 }) })).rows;
  const keys = order("1").map(({ key }) => key);
  expect(keys.slice(0, 12)).not.toEqual(keys.slice(12));
  const drawn = makePlan(
    request({ seed: "1", experiments: [experiment({ runs: 12 })], settings: settings({ order: "config" }) }),
  ).rows.map(({ key }) => key);
  expect(keys.slice(0, 12)).not.toEqual(drawn);
  expect(new Set(keys.slice(0, 12))).toEqual(new Set(drawn));
});

test("order config is the order of the file, with repetitions side by side", () => {
  const experiments = [experiment({ runs: 2 }), experiment({ model: "cnn", runs: 1 })];
  const { rows } = makePlan(request({ experiments, settings: settings({ order: "config", repetitions: 2 }) }));
  expect(rows.map(({ model, repetition }) => `${model} ${repetition}`)).toEqual(
    "mlp 0,mlp 1,mlp 0,mlp 1,cnn 0,cnn 1".split(","),
  );
  expect(rows[0]?.key).toBe(rows[1]?.key);
});

test("a plan says what it was made from", () => {
  const plan = makePlan(request({ experiments: [experiment(), experiment({ mode: "default", mutate: [] })] }));
  expect(plan).toMatchObject({ toolVersion: "1.2.3", session: "s", seed: "42", warnings: [] });
  expect(plan.experiments).toMatchObject([
    { repository: "mine", model: "mlp", strategy: "random", mutate: ["epochs", "learning_rate"] },
    { mode: "default", mutate: [], space: { size: null, parameters: {} } },
  ]);
  expect(Object.keys(plan.experiments[0]?.space.parameters ?? {})).toEqual(["epochs", "learning_rate"]);
  expect(plan.experiments[0]?.space.size).toMatch(/^\d+$/);
});

test("the policies have no sleep when sleep is off", () => {
  expect(makePlan(request()).policies).toMatchObject({ run_sleep_seconds: 0, timeout_seconds: 36_000, governor: null });
  const { policies } = makePlan(request({ settings: settings({ sleep: true, governor: "performance" }) }));
  expect(policies).toMatchObject({
    retry_sleep_seconds: 30,
    run_sleep_seconds: 60,
    config_sleep_seconds: 120,
    governor: "performance",
  });
});

test("warnings of all experiments are the plan's", () => {
  const few = experiment({ mutate: ["epochs"], runs: 100 });
  expect(makePlan(request({ experiments: [few, few] })).warnings).toHaveLength(2);
});

test("another session name changes the name and the ids, and nothing else", () => {
  const plan = makePlan(request());
  const renamed = renamePlan(plan, "s_2");
  expect(renamed.session).toBe("s_2");
  expect(renamed.rows.map(({ experimentId }) => experimentId)).toEqual(
    plan.rows.map(({ experimentId }) => experimentId.replace(/^s_/, "s_2_")),
  );
  expect(renamePlan(renamed, "s")).toEqual(plan);
});

test("names in ids and directories are safe as file names, and the directory ends the id", () => {
  const { rows } = makePlan(request({ experiments: [experiment({ repository: "a/b c", model: "../x" })] }));
  for (const row of rows) {
    expect(rowDirectoryName(row)).toMatch(/^00[0-2]_a-b-c_\.\.-x_[0-9a-f]{8}$/);
    expect(row.experimentId).toBe(`s_${rowDirectoryName(row)}`);
  }
});

test("a row of mode parallel holds the load beside it, with everything resolved", () => {
  const load = experiment({ model: "cnn", mode: "default", mutate: [], overrides: { epochs: 20 }, runs: 1 });
  const background = { experiment: load, workingCopy: "auto", headStartSeconds: 30 } as const;
  const plan = makePlan(request({ experiments: [experiment({ background }), experiment()] }));
  const parallel = plan.rows.filter(({ mode }) => mode === "parallel");
  expect(parallel).toHaveLength(3);
  for (const row of parallel) {
    expect(row).toMatchObject({
      experiment: 0,
      mutated: ["epochs", "learning_rate"],
      background: {
        repository: "mine",
        model: "cnn",
        hyperparameters: { epochs: 20, learning_rate: 0.01, seed: 42 },
        argv: ["train.sh", "--model", "cnn", "--epochs", "20", "--lr", "0.01", "--seed", "42"],
        workingCopy: "auto",
        headStartSeconds: 30,
      },
    });
  }
  expect(plan.experiments).toMatchObject([
    { mode: "parallel", foregroundMode: "mutation", background: { model: "cnn" } },
    { mode: "mutation" },
  ]);
  expect(plan.rows.filter(({ mode, background: beside }) => mode === "mutation" && beside)).toEqual([]);
});
