import { spawn, spawnSync } from "node:child_process";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import config from "../../../config/models_config.json" with { type: "json" };

const script = fileURLToPath(new URL("../train.py", import.meta.url));
const python = ["python3", "/usr/bin/python3"].find(
  (command) => spawnSync(command, ["-c", "import torch"]).status === 0,
);
const epochLine = /^Epoch (\d+)\/\d+ - loss: (\S+) - accuracy: \d\.\d{4} - val_accuracy: \d\.\d{4} - \d+\.\d\d s$/;

async function train(...flags: readonly string[]) {
  const child = spawn(python ?? "python3", [script, ...flags], { stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { exitCode: await closed, stderr, lines: stdout.trimEnd().split("\n") };
}

const withoutSeconds = (lines: readonly string[]) => lines.map((line) => line.replace(/ - \d+\.\d\d s$/, ""));
const short = ["--epochs", "1"];
const why = python === undefined ? " (skipped: no python3 with torch)" : "";

let plainRun: ReturnType<typeof train> | undefined;
const plain = () => (plainRun ??= train(...short));

describe.skipIf(python === undefined)(`digits-pytorch${why}`, () => {
  test.each(["mlp", "cnn"])("%s knows more than nine of ten test digits after three epochs", async (model) => {
    const { exitCode, lines } = await train("--model", model, "--epochs", "3");
    expect(exitCode).toBe(0);
    expect(lines.filter((line) => epochLine.test(line))).toHaveLength(3);
    expect(lines.at(-2)).toMatch(/^Test loss: \d\.\d{4}$/);
    expect(lines.at(-1)).toMatch(/^Test accuracy: 0\.9\d{3} \(3\d\d\/360\)$/);
  });

  test("the same seed gives the same output, another seed another", async () => {
    const flags = [...short, "--model", "cnn"];
    const [first, second, other] = await Promise.all([
      train(...flags),
      train(...flags),
      train(...flags, "--seed", "43"),
    ]);
    expect(withoutSeconds(second.lines)).toEqual(withoutSeconds(first.lines));
    expect(other.lines.at(-2)).not.toBe(first.lines.at(-2));
  });

  test("its defaults are the config's", async () => {
    const { lines } = await train();
    const { models, supported_hyperparams: hyperparams } = config.models.digits_pytorch;
    const expected = Object.entries(hyperparams).map(([name, param]) => `Config: ${name}=${param.default}`);
    expect(lines.slice(0, 7)).toEqual([`Config: model=${models[0]}`, ...expected]);
  });

  test("it echoes what it uses, then the device", async () => {
    const flags = ["--model", "cnn", "--epochs", "1", "--learning-rate", "2e-05", "--batch-size", "64"];
    const { lines } = await train(...flags, "--dropout", "0", "--weight-decay", "1e-07", "--seed", "7");
    expect(lines.slice(0, 8)).toEqual([
      "Config: model=cnn",
      "Config: epochs=1",
      "Config: learning_rate=0.00002",
      "Config: batch_size=64",
      "Config: dropout=0",
      "Config: weight_decay=1e-7",
      "Config: seed=7",
      expect.stringMatching(/^Device: (cpu|cuda)$/),
    ]);
  });

  test.each([
    ["--batch-size", "64"],
    ["--dropout", "0.5"],
    ["--weight-decay", "1"],
    ["--learning-rate", "0.001"],
  ])("%s %s changes the result", async (...flag) => {
    const changed = await train(...short, ...flag);
    expect(changed.lines.at(-2)).not.toBe((await plain()).lines.at(-2));
  });

  test("a training that diverges prints nan and goes on", async () => {
    const { exitCode, lines } = await train("--epochs", "2", "--learning-rate", "1e30");
    expect(exitCode).toBe(0);
    expect(lines.map((line) => epochLine.exec(line)?.[2]).filter(Boolean)).toEqual(["nan", "nan"]);
    expect(lines.at(-2)).toBe("Test loss: nan");
  });

  test.each([
    ["--epochs", "0"],
    ["--dropout", "1"],
    ["--learning-rate", "abc"],
    ["--model", "gpt"],
    ["--epoch", "3"],
  ])("%s %s is refused with exit code 2", async (...flag) => {
    const { exitCode, stderr } = await train(...flag);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(flag[0]);
  });
});
