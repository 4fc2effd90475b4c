import { scanLog } from "@ea/metrics-parser";
import type { PlanRow } from "@ea/records";
import { expect, test } from "vitest";
import { RepositoryConfig } from "../src/models-config.ts";
import { echoFlags, echoPatterns, withoutEchoes } from "../src/parameter-echoes.ts";
import { repositoryJson } from "./examples.ts";

const FOR_ALL = "Config: {name}=(\\S+)";
const PARAMETERS = {
  epochs: { flag: "-e", type: "int", range: [1, 100] },
  learning_rate: { flag: "-l", type: "float", range: [0.00001, 1], digits: 8 },
  amp: { flag: "-a", type: "bool" },
  optimizer: { flag: "-o", type: "categorical", choices: ["adam", "sgd"] },
  "l2.(x)": { flag: "-w", type: "float", range: [0, 1] },
};

/** Flags for a log in which a training says what it has got. */
async function flagsOf(log: string, hyperparameters: PlanRow["hyperparameters"], echo_patterns: unknown = FOR_ALL) {
  const config = RepositoryConfig.parse({ ...repositoryJson, supported_hyperparams: PARAMETERS, echo_patterns });
  const { echoes } = withoutEchoes(await scanLog(log, { metrics: echoPatterns(config, hyperparameters) }));
  return echoFlags(echoes, config, hyperparameters);
}

test.each([
  ["epochs=10", { epochs: 10 }],
  ["epochs=10.0", { epochs: 10 }],
  ["learning_rate=1e-05", { learning_rate: 0.00001 }],
  ["learning_rate=0.00123", { learning_rate: 0.0012345678 }],
  ["learning_rate=1.23e-3", { learning_rate: 0.0012345678 }],
  ["amp=True", { amp: true }],
  ["amp=0", { amp: false }],
  ["optimizer='adam'", { optimizer: "adam" }],
  ["l2.(x)=0.5", { "l2.(x)": 0.5 }],
])("%s is what was asked for", async (log, hyperparameters) => {
  expect(await flagsOf(`Config: ${log}\n`, hyperparameters)).toEqual([]);
});

test.each([
  ["epochs=11", { epochs: 10 }, "11"],
  ["learning_rate=0.001", { learning_rate: 0.00123 }, "0.001"],
  ["learning_rate=0.00124", { learning_rate: 0.0012345678 }, "0.00124"],
  ["learning_rate=None", { learning_rate: 0.01 }, "None"],
  ["amp=False", { amp: true }, "False"],
  ["optimizer=sgd", { optimizer: "adam" }, "sgd"],
])("%s is something else", async (log, hyperparameters, found) => {
  const [name = ""] = Object.keys(hyperparameters);
  expect(await flagsOf(`first\nConfig: ${log}\n`, hyperparameters)).toMatchObject([
    { code: "parameter-differs", severity: "error", evidence: { name, found, line: 2 } },
  ]);
});

test("what the training says first counts: later lines are about something else", async () => {
  expect(await flagsOf("Config: epochs=10\nConfig: epochs=3\n", { epochs: 10 })).toEqual([]);
});

test("a value that is not told is a warning, one that is not passed is not expected", async () => {
  expect(await flagsOf("nothing", { epochs: 10, amp: null })).toMatchObject([
    {
      code: "parameter-not-echoed",
      severity: "warning",
      message: "the training did not say which epochs it has got: 10 was asked for",
    },
  ]);
});

test("patterns by parameter leave the others alone", async () => {
  const patterns = { epochs: "for (\\d+) epochs" };
  expect(await flagsOf("training for 9 epochs", { epochs: 10, amp: true }, patterns)).toMatchObject([
    { code: "parameter-differs", message: "the training has got epochs = 9 (line 1 of the log), and 10 was asked for" },
  ]);
});

test.each([["no place for the name"], [{ epoch: "x" }]])("%j is refused", (echo_patterns) => {
  expect(RepositoryConfig.safeParse({ ...repositoryJson, echo_patterns }).success).toBe(false);
});
