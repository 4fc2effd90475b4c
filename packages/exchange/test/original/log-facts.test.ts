import { describe, expect, test } from "vitest";
import { type LogFacts, readLog } from "../../src/original/log-facts.ts";
import { canonicalMetric, originalMetrics } from "../../src/original/original-metrics.ts";
import { emptyDirectory, MNIST_LOG, put } from "./original-files.ts";

async function read(repository: string, model: string, text: string): Promise<LogFacts> {
  const root = emptyDirectory();
  put(root, "terminal_output.txt", text);
  return readLog(root, "terminal_output.txt", originalMetrics(repository, model));
}

describe("metrics of the original's six repositories", () => {
  test("mnist: the ratio of the last test, not the whole percent", async () => {
    const log = await read("examples", "mnist", MNIST_LOG);
    expect(log.values).toEqual({ test_accuracy: 0.9478, test_loss: 0.1544 });
    expect(log.metrics["test_accuracy"]).toMatchObject({ outcome: "found", unit: "ratio", line: 16 });
  });

  test("mnist: the whole percent, where nothing else is there", async () => {
    expect((await read("examples", "mnist", "[SUCCESS] Final Test Accuracy: 95%\n")).values).toEqual({
      test_accuracy: 0.95,
    });
  });

  test("mnist_ff: errors, and the accuracy with all its digits", async () => {
    const text =
      "train error: 0.7906976789236069\ntest error: 0.910800002515316\n\u001b[0;32m[SUCCESS]\u001b[0m Test Accuracy: 8.919999748468400%\n";
    const { values } = await read("examples", "mnist_ff", text);
    expect(values["test_accuracy"]).toBeCloseTo(0.089199997484684, 15);
    expect(values).toMatchObject({ test_error: 0.910800002515316, train_error: 0.7906976789236069 });
  });

  test("word_lm", async () => {
    const text = "| End of training | test loss  4.55 | test ppl    94.63\n";
    expect((await read("examples", "word_lm", text)).values).toEqual({ test_loss: 4.55, test_perplexity: 94.63 });
  });

  test("MRT-OAST: the test's ratio and six digits, not the validation's count", async () => {
    const text = `Accuracy: 4623/5000 = 0.9246 | Precision:0.9723 | Recall:0.8690 | F1 score:0.9177
Accuracy on test is 4362/4992 = 0.873798
Precision: 0.983321
Recall   : 0.752172
F1 score : 0.852321
准确率 (Accuracy): 0.8738
精确率 (Precision): 0.9833
召回率 (Recall): 0.7522
F1分数 (F1-Score): 0.8523
`;
    const { values } = await read("MRT-OAST", "default", text);
    expect(values).toEqual({ accuracy: 4362 / 4992, precision: 0.983321, recall: 0.752172, f1: 0.852321 });
  });

  test("MRT-OAST: the validation, where there was no test", async () => {
    const text = "Accuracy: 4623/5000 = 0.9246 | Precision:0.9723 | Recall:0.8690 | F1 score:0.9177\n";
    const { values } = await read("MRT-OAST", "default", text);
    expect(values).toEqual({ accuracy: 0.9246, precision: 0.9723, recall: 0.869, f1: 0.9177 });
  });

  test("bug-localization: the share, and not one of the workers' lines after the report", async () => {
    const text = `  Top- 1 Accuracy: 0.383 (38.3%)
  Top- 5 Accuracy: 0.626 (62.6%)
  Top-10 Accuracy: 0.738 (73.8%)
  Top-20 Accuracy: 0.828 (82.8%)
  Top- 1: 0.383
Fold: 5 / 9
`;
    const { values } = await read("bug-localization-by-dnn-and-rvsm", "default", text);
    expect(values).toEqual({
      top1_accuracy: 0.383,
      top5_accuracy: 0.626,
      top10_accuracy: 0.738,
      top20_accuracy: 0.828,
    });
  });

  test("Person_reID: shares, also where they are printed with a percent sign", async () => {
    const text = "Rank@1:0.893409 Rank@5:0.962886 Rank@10:0.977435 mAP:0.724662\nmAP:     0.724662%\n";
    const { values } = await read("Person_reID_baseline_pytorch", "pcb", text);
    expect(values).toEqual({ rank1: 0.893409, rank5: 0.962886, rank10: 0.977435, map: 0.724662 });
  });

  test("resnet: the final report", async () => {
    const text = " * Prec@1 49.090\n * Prec@1 90.730\n  测试准确率: 90.73%\n  最佳验证准确率: 90.740%\n";
    const { values } = await read("pytorch_resnet_cifar10", "resnet20", text);
    expect(values["test_accuracy"]).toBeCloseTo(0.9073, 12);
    expect(values["best_val_accuracy"]).toBeCloseTo(0.9074, 12);
  });

  test("VulBERTa: the last dictionary, glued to a progress bar or not", async () => {
    const text = `  1%|▏ | 10/100\r{'loss': 0.7699, 'learning_rate': 2.93e-05, 'epoch': 0.22}
{'eval_loss': 0.9, 'eval_runtime': 10.6163, 'eval_samples_per_second': 50.1, 'epoch': 1.0}
 99%|█ | 99/100\r{'eval_loss': 0.7066717147827148, 'eval_runtime': 10.6163, 'eval_samples_per_second': 56.14, 'epoch': 2.0}
{'train_runtime': 5594.8241, 'train_samples_per_second': 7.47, 'epoch': 18.0}
Final training loss: 0.4189
`;
    expect((await read("VulBERTa", "mlp", text)).values).toEqual({
      eval_loss: 0.7066717147827148,
      final_training_loss: 0.4189,
      eval_samples_per_second: 56.14,
      train_samples_per_second: 7.47,
    });
  });

  test("a number outside of its range is no result", async () => {
    const { values, metrics } = await read("pytorch_resnet_cifar10", "resnet20", "测试准确率: 4396%\n");
    expect(values).toEqual({});
    expect(metrics["test_accuracy"]).toMatchObject({ outcome: "out-of-range" });
  });
});

test("published percents become shares, and other metrics stay as they are", () => {
  const metrics = originalMetrics("examples", "siamese");
  expect(canonicalMetric(metrics, "test_accuracy", 94)).toBe(0.94);
  expect(canonicalMetric(metrics, "test_loss", 94)).toBe(94);
  expect(canonicalMetric(originalMetrics("MRT-OAST", "default"), "accuracy", 4396)).toBe(4396);
  expect(originalMetrics("unknown", "x")).toEqual({});
});

describe("how a training ended", () => {
  test("exit code, command and echoes are read", async () => {
    const log = await read("examples", "mnist", MNIST_LOG);
    expect(log).toMatchObject({ exitCode: 0, failure: undefined, command: ["./train.sh", "-n", "mnist", "-b", "56"] });
    expect(log.echoed["epochs"]).toMatchObject({ value: 14, text: "[INFO] Epochs: 14" });
  });

  test.each([
    ["RuntimeError: CUDA out of memory. Tried to allocate 2.00 GiB", "oom"],
    ["Traceback (most recent call last):", "crash"],
    ["CNN training not yet implemented in this script", "crash"],
    ["Unknown option: --epochs", "crash"],
    ["huggingface_hub.errors.LocalEntryNotFoundError: no connection", "crash"],
    ["[Train Wrapper] Training finished with exit code: 1", "crash"],
  ])("%s", async (line, failureClass) => {
    const log = await read("VulBERTa", "mlp", `start\n${line}\n`);
    expect(log.failure).toMatchObject({ failureClass });
  });

  test.each(["train error: 0.7906976789236069", "[WARNING] Errors/Warnings found during training:"])(
    "%s is none",
    async (line) => {
      expect((await read("examples", "mnist_ff", `${line}\n`)).failure).toBeUndefined();
    },
  );

  test("an error that results follow did not end the training", async () => {
    const log = await read("VulBERTa", "mlp", "Traceback (most recent call last):\n{'eval_loss': 0.7, 'epoch': 1.0}\n");
    expect(log.failure).toBeUndefined();
  });
});

test("a log of many megabytes is read to its end", async () => {
  const text = `Epochs: 3\n${"Train Epoch: 1 [890/60000 (1%)]\tLoss: 2.275974\n".repeat(200_000)}Test set: Average loss: 0.1, Accuracy: 5/10 (50%)\n`;
  const log = await read("examples", "mnist", text);
  expect(log.values).toEqual({ test_accuracy: 0.5, test_loss: 0.1 });
  expect(log.echoed["epochs"]).toMatchObject({ value: 3, line: 1 });
});

test("an empty log and one that is no text say nothing", async () => {
  for (const text of ["", "\0\u0001\u0002"]) {
    expect(await read("examples", "mnist", text)).toMatchObject({
      values: {},
      failure: undefined,
      exitCode: undefined,
    });
  }
});
