import { spawnSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { helpArguments } from "../src/init/help-arguments.ts";
import { proposeMetrics } from "../src/init/propose-metrics.ts";
import { proposeParameter } from "../src/init/propose-parameter.ts";
import { pythonArguments } from "../src/init/python-arguments.ts";
import { makeProject, type Project, processesWith, readJson } from "./project.ts";

const HAS_PYTHON = spawnSync("python3", ["--version"]).status === 0;

const only = (source: string): ReturnType<typeof pythonArguments>[number] | undefined => pythonArguments(source)[0];
const propose = (call: string): unknown => {
  const argument = only(`p.add_argument(${call})`);
  return argument && proposeParameter(argument);
};

describe("a Python source", () => {
  it.each([
    ['"--lr", "-l", type=float, default=1e-3', { flag: "--lr", type: "float", default: 0.001 }],
    ["'-n', default=1_000", { flag: "-n", default: 1000 }],
    ['"--a", help="it\'s (a, b", default=3', { flag: "--a", default: 3 }],
    ['"--a",  # a ) comment\n  default=3', { flag: "--a", default: 3 }],
    ['"--a", choices=["x", \'y\'], default=None', { flag: "--a", choices: ["x", "y"], default: null }],
    ['"--a", default=os.path.join("x", "y")', { flag: "--a", default: undefined }],
    ['"--a", default="b" "c"', { flag: "--a", default: undefined }],
    ['"--a", action="store_true"', { flag: "--a", isSwitch: true }],
    ['"--a", action=argparse.BooleanOptionalAction', { flag: "--a", isSwitch: true }],
    ['"data"', { flag: "data", isRequired: true }],
  ])("add_argument(%s)", (call, expected) => {
    expect(only(`p.add_argument(${call})`)).toMatchObject(expected);
  });

  it("may use click", () => {
    const source =
      '@click.option("--opt", type=click.Choice(["adam", "sgd"]), default="adam")\n@click.option("--x/--no-x")';
    expect(pythonArguments(source)).toMatchObject([
      { flag: "--opt", choices: ["adam", "sgd"], type: "str" },
      { flag: "--x", isSwitch: true },
    ]);
  });

  it("may give dataclasses to HfArgumentParser", () => {
    const source = `
@dataclass
class ModelArgs:
    """Of the model."""
    dropout: float = field(default=0.1, metadata={"help": "x = (1"})
    kind: Literal["a", "b"] = "a"  # which
    fast: bool = False
    hidden: Optional[int] = None
    data: str
    def epochs(self): return 3

@dataclass
class Other:
    lr: float = 1.0

parser = HfArgumentParser((ModelArgs, TrainingArguments))`;
    expect(pythonArguments(source)).toMatchObject([
      { flag: "--dropout", type: "float", default: 0.1 },
      { flag: "--kind", default: "a", choices: ["a", "b"] },
      { flag: "--fast", type: "string_to_bool", default: false },
      { flag: "--hidden", type: "int", default: null },
      { flag: "--data", default: undefined, isRequired: true },
      { flag: "--learning_rate", default: 5e-5 },
      { flag: "--num_train_epochs", type: "float", default: 3 },
      { flag: "--per_device_train_batch_size", default: 8 },
      { flag: "--weight_decay", default: 0 },
      { flag: "--seed", default: 42 },
    ]);
  });

  it.each([
    ["is commented out", '# p.add_argument("--a")'],
    ["stands in a string", '"""\np.add_argument("--a")\n"""'],
    ["does not close", 'p.add_argument("--a"'],
    ["is of an unclosed string", 'p.add_argument("--a'],
    ["has no name", "p.add_argument(*names)"],
  ])("has no argument that %s", (_, source) => {
    expect(pythonArguments(source)).toEqual([]);
  });

  it("of a megabyte, or of nonsense, is read in linear time", () => {
    expect(pythonArguments(`${"x = '".repeat(200_000)}\np.add_argument("--a")`)).toHaveLength(1);
    expect(pythonArguments("add_argument(".repeat(2000))).toEqual([]);
    expect(pythonArguments("\0\uFFFD".repeat(1000))).toEqual([]);
  });
});

describe("a proposed hyperparameter", () => {
  it.each([
    ['"--epochs", type=int, default=10', { type: "int", default: 10, range: [5, 20] }],
    ['"--lr", default=0.1', { type: "float", default: 0.1, range: [0.01, 1], distribution: "log_uniform" }],
    ['"--batch_size", default=4', { type: "categorical", default: 4, choices: [1, 2, 4, 8, 16] }],
    ['"--dropout", default=0.2', { type: "float", default: 0.2, range: [0, 0.5], step: 0.05 }],
    ['"--seed", type=int, default=None', { type: "int", default: null, range: [0, 9999] }],
    ['"--random-seed", type=int, default=1', { type: "int", default: 1, range: [0, 9999], role: "seed" }],
    ['"--amp", type=str2bool, default=False', { type: "bool", default: false }],
    ['"--amp", action="store_true"', { reason: expect.stringMatching(/^takes no value/) }],
    ['"--amp", type=bool, default=True', { reason: expect.stringMatching(/^is read by bool/) }],
    ['"--workers", type=int, default=4', { reason: expect.stringMatching(/^has a name that says nothing/) }],
    [
      '"--lr", type=float, default=0',
      { reason: expect.stringMatching(/^has the default 0, from which no range follows/) },
    ],
    ['"--data", type=str, default="x"', { reason: "is a text without choices" }],
    ['"--epochs", type=int', { reason: expect.stringMatching(/^has no default/) }],
  ])("of add_argument(%s)", (call, expected) => {
    expect(propose(call)).toMatchObject(expected);
  });
});

describe("proposed metrics", () => {
  it.each([
    ['print(f"Test accuracy: {a:.4f}")', { test_accuracy: expect.stringMatching(/Test accuracy:/) }],
    ['print("Val loss:", loss)', { val_loss: expect.stringMatching(/Val loss:/) }],
    ['logging.info("acc %.2f" % a)', { accuracy: expect.stringMatching(/acc/) }],
    ['print(f"val_acc={a}%")', { val_accuracy: expect.objectContaining({ as: "percent" }) }],
  ])("%s", (source, log_patterns) => {
    expect(proposeMetrics(source)).toEqual({ log_patterns });
  });

  it.each([
    ["import tensorflow as tf", "keras"],
    ["from lightning.pytorch import Trainer", "lightning"],
    ["from transformers import (\n  AutoModel,\n  Trainer,\n)", "huggingface"],
    ["from ultralytics import YOLO", "ultralytics"],
  ])("%j: preset %s", (source, preset) => expect(proposeMetrics(source)).toEqual({ preset }));

  it.each(['print("hello")', 'x = "loss: unknown"', "# loss: {x}", 'raise Error("accuracy")'])("%s: none", (source) => {
    expect(proposeMetrics(source)).toBeUndefined();
  });
});

describe("what --help prints", () => {
  it("is read as yargs writes it", () => {
    const text = `Options:
  --help       Show help  [boolean]
  --lr         rate  [number] [default: 0.1]
  --optimizer  which  [string] [choices: "adam", "sgd"] [default: "adam"]
  --amp        mixed precision  [boolean] [default: false]`;
    expect(helpArguments(text)).toMatchObject([
      { flag: "--lr", default: 0.1, type: "float", isSwitch: false },
      { flag: "--optimizer", choices: ["adam", "sgd"], default: "adam", isSwitch: false },
      { flag: "--amp", isSwitch: true },
    ]);
  });

  it("is read as argparse writes it", () => {
    const text = `options:
  -h, --help            show this help message and exit
  --epochs EPOCHS       how long (default: 10)
  --optimizer {adam,sgd}
                        which one (default: adam)
  --amp                 mixed precision (default: False)`;
    expect(helpArguments(text)).toMatchObject([
      { flag: "--epochs", default: 10, type: "int", isSwitch: false },
      { flag: "--optimizer", default: "adam", choices: ["adam", "sgd"], isSwitch: false },
      { flag: "--amp", isSwitch: true },
    ]);
  });
});

describe("ea init", () => {
  let project: Project;
  const SCRIPT = `import argparse
p = argparse.ArgumentParser()
p.add_argument("--model", choices=["a", "b"], default="a")
p.add_argument("--epochs", type=int, default=4)
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("--amp", action="store_true")
args, _ = p.parse_known_args()
for epoch in range(args.epochs): print(f"loss: {epoch / 10:.4f}")
print("Test loss:", 0.75)
`;
  beforeAll(async () => {
    project = await makeProject();
    await mkdir(join(project.path, "mine"));
    await project.write("mine/train.py", SCRIPT);
  });
  afterAll(() => project.remove());

  it("adds a repository that ea list shows, says what it left out and what comes next; a second time it changes nothing", async () => {
    const before = await readJson(join(project.path, "config/models_config.json"));
    const { code, err } = await project.ea(["init", "mine/train.py"]);
    expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining("--amp takes no value") });
    expect(err).toContain("Next:\n  ea list\n");
    const after = z
      .object({ models: z.record(z.string(), z.unknown()) })
      .parse(await readJson(join(project.path, "config/models_config.json")));
    expect(after.models).toMatchObject({ ...z.object({ models: z.looseObject({}) }).parse(before).models });
    expect(after.models["mine"]).toMatchObject({ path: "mine", models: ["a", "b"], model_flag: "--model" });
    const { out } = await project.ea(["list", "--json"]);
    expect(out).toContain('"repository": "mine"');
    const again = await project.ea(["init", "mine/train.py"]);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("already, just as it is proposed") });
  });

  it.skipIf(!HAS_PYTHON)("leads to a run whose metrics are those that were printed", async () => {
    const args = ["run", "-r", "mine", "-m", "b", "-mt", "learning_rate,epochs", "--no-sleep", "--json"];
    const { code, out } = await project.ea(args);
    expect(code).toBe(0);
    const [path = ""] = z.object({ records: z.array(z.string()) }).parse(JSON.parse(out)).records;
    const { performance_metrics } = await readJson(path);
    expect(performance_metrics).toMatchObject({ test_loss: 0.75 });
    expect(performance_metrics).not.toMatchObject({ loss: 0.75 });
  });

  it("refuses another repository of that name, with each difference, and leaves the file alone", async () => {
    const path = join(project.path, "config/models_config.json");
    const before = await readFile(path, "utf8");
    await project.write("mine/train.py", SCRIPT.replace("default=4", "default=8"));
    const { code, err } = await project.ea(["init", "mine/train.py"]);
    expect(code).toBe(2);
    expect(err).toContain("models.mine.supported_hyperparams.epochs.default: there 4, proposed 8");
    expect(await readFile(path, "utf8")).toBe(before);
  });

  it("--dry-run prints and writes nothing; --name, --model and --output are taken", async () => {
    const args = ["init", "mine/train.py", "--name", "n", "--model", "x,y", "--output", "new/c.json"];
    const { out } = await project.ea([...args, "--dry-run"]);
    expect(JSON.parse(out)).toMatchObject({ models: { n: { models: ["x", "y"] } } });
    await expect(readFile(join(project.path, "new/c.json"))).rejects.toThrow("ENOENT");
    expect(await project.ea(args)).toMatchObject({ code: 0 });
    expect(await project.ea(["list", "--config", "new/c.json"])).toMatchObject({ code: 0 });
  });

  it("--run-help asks a Node script, and ends what does not end", async () => {
    await project.write(
      "mine/t.mjs",
      'import { parseArgs } from "node:util";\nparseArgs({ options: { help: { type: "boolean" } } });\nconsole.log("Options:\\n  --lr NUMBER  rate (default: 0.1)");',
    );
    const found = await project.ea(["init", "mine/t.mjs", "--run-help", "--dry-run"]);
    expect(JSON.parse(found.out)).toMatchObject({ models: { mine: { supported_hyperparams: { learning_rate: {} } } } });
    await project.write("mine/bad.mjs", "process.exit(3)");
    expect(await project.ea(["init", "mine/bad.mjs", "--run-help"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("expected help, found exit code 3"),
    });
    expect(await processesWith(join(project.path, "mine"))).toEqual([]);
  });

  it.each([
    ["none.py", undefined, "expected a training script, found no file"],
    ["fire.py", "import fire\nfire.Fire(train)", "found none; --run-help runs it"],
    ["syntax.py", "def (:\n'''", "found none"],
    ["bytes.py", "\u0000\uFFFD", "found none"],
    ["t.mjs", "export {}", "found none; --run-help"],
  ])("%s: %j is refused", async (name, text, words) => {
    if (text !== undefined) await project.write(name, text);
    const { code, out, err } = await project.ea(["init", name]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(words);
  });
});
