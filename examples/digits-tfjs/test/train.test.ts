import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import config from "../../../config/models_config.json" with { type: "json" };

const script = fileURLToPath(new URL("../train.mjs", import.meta.url));
const epochLine = /^Epoch \d+\/\d+ - loss: (\S+) - accuracy: \d\.\d{4} - val_accuracy: \d\.\d{4} - \d+\.\d\d s$/;

async function train(...flags: readonly string[]) {
  const child = spawn(script, flags, { stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await closed, stderr, lines: stdout.trimEnd().split("\n") };
}

const losses = (lines: readonly string[]) => lines.flatMap((line) => epochLine.exec(line)?.[1] ?? []);
const withoutSeconds = (lines: readonly string[]) => lines.map((line) => line.replace(/ - \d+\.\d\d s$/, ""));
const short = ["--epochs", "1"];
const plain = train(...short); // one run to compare all others with

test.each(["mlp", "mlp_deep"])("%s knows more than nine of ten test digits after three epochs", async (model) => {
  const { exitCode, stderr, lines } = await train("--model", model, "--epochs", "3");
  expect(exitCode).toBe(0);
  expect(stderr).toBe("");
  expect(losses(lines)).toHaveLength(3);
  expect(lines.at(-2)).toMatch(/^Test loss: \d\.\d{4}$/);
  expect(lines.at(-1)).toMatch(/^Test accuracy: 0\.9\d{3} \(3\d\d\/360\)$/);
  expect(lines).toHaveLength(7 + 3 + 2);
});

test("the same seed gives the same output, another seed another", async () => {
  const flags = ["--epochs", "2", "--dropout", "0.3"];
  const [first, second, other] = await Promise.all([train(...flags), train(...flags), train(...flags, "--seed", "43")]);
  expect(withoutSeconds(second.lines)).toEqual(withoutSeconds(first.lines));
  expect(losses(other.lines)).not.toEqual(losses(first.lines));
  expect(other.lines.at(-2)).not.toBe(first.lines.at(-2));
});

test("it echoes what it uses", async () => {
  const flags = ["--model", "mlp_deep", "--epochs", "1", "--learning-rate", "2e-05", "--batch-size", "64"];
  const { lines } = await train(...flags, "--dropout", "0.15", "--weight-decay", "1e-07", "--seed", "7");
  expect(lines.slice(0, 7)).toEqual([
    "Config: model=mlp_deep",
    "Config: epochs=1",
    "Config: learning_rate=0.00002",
    "Config: batch_size=64",
    "Config: dropout=0.15",
    "Config: weight_decay=1e-7",
    "Config: seed=7",
  ]);
});

test.each([
  ["--batch-size", "64"],
  ["--dropout", "0.5"],
  ["--weight-decay", "1"],
  ["--learning-rate", "0.001"],
])("%s %s changes the result", async (...flag) => {
  const changed = await train(...short, ...flag);
  expect(changed.lines.at(-2)).not.toBe((await plain).lines.at(-2));
});

test("every step drops other units", async () => {
  // one step an epoch and a model that stays as it is: only the mask can change the loss
  const frozen = ["--epochs", "3", "--batch-size", "2000", "--learning-rate", "1e-30"];
  const [dropped, whole] = await Promise.all([
    train(...frozen, "--dropout", "0.5"),
    train(...frozen, "--dropout", "0"),
  ]);
  expect(new Set(losses(dropped.lines)).size).toBe(3);
  expect(new Set(losses(whole.lines)).size).toBe(1);
});

test("a training that diverges prints NaN and goes on", async () => {
  const { exitCode, lines } = await train("--epochs", "2", "--learning-rate", "1e38");
  expect(exitCode).toBe(0);
  expect(losses(lines)).toEqual(["NaN", "NaN"]);
  expect(lines.at(-2)).toBe("Test loss: NaN");
});

test("each pattern of the config finds what it is named after, and nothing else", async () => {
  const { lines } = await plain;
  const found = Object.entries(config.models.digits.performance_metrics.log_patterns).map(([name, pattern]) => [
    name,
    lines.filter((line) => new RegExp(pattern, "i").test(line)).map((line) => line.slice(0, 9)),
  ]);
  expect(Object.fromEntries(found)).toEqual({
    test_accuracy: ["Test accu"],
    test_loss: ["Test loss"],
    val_accuracy: ["Epoch 1/1"],
    train_loss: ["Epoch 1/1"],
  });
});

test("a bad flag is refused with exit code 2", async () => {
  const { exitCode, stderr, lines } = await train("--dropout", "1");
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--dropout: expected a number in [0, 1), got "1"');
  expect(lines).toEqual([""]);
});
