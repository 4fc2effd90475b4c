import { expect, test } from "vitest";
import { parameterVector } from "../../src/original/parameter-vector.ts";
import { trainerDefaults } from "../../src/original/trainer-defaults.ts";

const echo = (value: number): { value: number; line: number; text: string } => ({ value, line: 1, text: "" });

test("a parameter is as recorded, else as echoed, else the trainer's default, else the configured one", () => {
  const { values, provenance } = parameterVector({
    recorded: { learning_rate: 0.062 },
    echoed: { learning_rate: echo(0.02), epochs: echo(14) },
    trainerDefaults: { epochs: 10, batch_size: 128 },
    configured: { batch_size: 32, dropout: 0.5 },
  });
  expect(values).toEqual({ learning_rate: 0.062, epochs: 14, batch_size: 128, dropout: 0.5 });
  expect(Object.values(provenance).map((text) => text.split(":")[0])).toEqual([
    "recorded",
    "echoed in the log",
    "trainer's default",
    "default of the configuration",
  ]);
});

test("a seed that was not passed is none, whatever the configuration says", () => {
  const sources = { recorded: {}, echoed: {}, trainerDefaults: { seed: 1 }, configured: { seed: 1334 } };
  expect(parameterVector(sources).values).toEqual({});
});

test("a trainer's default is what all logs without the parameter say", () => {
  const defaults = trainerDefaults();
  defaults.learn("examples", "mnist", { batch_size: 8 }, { batch_size: echo(8), epochs: echo(14) });
  defaults.learn("examples", "mnist", { epochs: 3 }, { batch_size: echo(32), epochs: echo(3) });
  expect(defaults.of("examples", "mnist")).toEqual({ epochs: 14, batch_size: 32 });
  expect(defaults.of("examples", "siamese")).toEqual({});
});

test("a default that has changed between two runs is not known", () => {
  const defaults = trainerDefaults();
  for (const batch of [50_000, 10_000, 10_000]) defaults.learn("examples", "mnist_ff", {}, { batch_size: echo(batch) });
  expect(defaults.of("examples", "mnist_ff")).toEqual({});
});
