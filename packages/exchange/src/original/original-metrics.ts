import type { MetricPattern } from "@ea/metrics-parser";

/** How a metric of the original is found again, and in which unit the original has published it. */
interface OriginalMetric {
  /** The first one that finds something counts: the one with the most digits stands first. */
  readonly patterns: readonly MetricPattern[];
  /** `percent`: 95 stands for 0.95. @default as it is */
  readonly published?: "percent";
}

/** Metrics of one model by the original's names. */
export type OriginalMetrics = Readonly<Record<string, OriginalMetric>>;

const NUMBER = "([0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)";

/** A share between 0 and 1. */
function ratio(pattern: string, as?: "ratio" | "percent"): MetricPattern {
  return { pattern, required: false, unit: "ratio", range: [0, 1], ...(as && { as }) };
}

/** Any number of at least 0. */
function plain(pattern: string, unit?: string): MetricPattern {
  return { pattern, required: false, range: [0, Number.MAX_VALUE], ...(unit !== undefined && { unit }) };
}

/** `Test set: Average loss: 0.1808, Accuracy: 9478/10000 (95%)`, printed after every epoch; the last one is the result. */
const TEST_SET: OriginalMetrics = {
  test_accuracy: {
    patterns: [
      ratio("(?m)^Test set: Average loss: [^,\\n]{1,40}, Accuracy: ([0-9]+)/([0-9]+)", "ratio"),
      ratio(`Final Test Accuracy: ${NUMBER}%`, "percent"),
    ],
    published: "percent",
  },
  test_loss: {
    patterns: [plain(`(?m)^Test set: Average loss: ${NUMBER}`), plain(`Final Test Loss: ${NUMBER}`)],
  },
};

const MNIST_FF: OriginalMetrics = {
  test_accuracy: { patterns: [ratio(`Test Accuracy: ${NUMBER}%`, "percent")], published: "percent" },
  test_error: { patterns: [ratio(`(?m)^test error: ${NUMBER}`), ratio(`Test Error: ${NUMBER}`)] },
  train_error: { patterns: [ratio(`(?m)^train error: ${NUMBER}`)] },
};

const WORD_LM: OriginalMetrics = {
  test_loss: { patterns: [plain(`End of training \\| test loss\\s{1,8}${NUMBER}`)] },
  test_perplexity: { patterns: [plain(`End of training \\|.{1,40}test ppl\\s{1,8}${NUMBER}`)] },
};

const MRT_OAST: OriginalMetrics = {
  accuracy: {
    patterns: [
      ratio("Accuracy on test is ([0-9]+)/([0-9]+)", "ratio"),
      ratio(`准确率 \\(Accuracy\\): ${NUMBER}`),
      ratio("(?m)^Accuracy: ([0-9]+)/([0-9]+)", "ratio"),
    ],
  },
  precision: {
    patterns: [
      ratio(`(?m)^Precision {0,8}: {0,8}${NUMBER}`),
      ratio(`精确率 \\(Precision\\): ${NUMBER}`),
      ratio(`\\| Precision: ?${NUMBER}`),
    ],
  },
  recall: {
    patterns: [
      ratio(`(?m)^Recall {0,8}: {0,8}${NUMBER}`),
      ratio(`召回率 \\(Recall\\): ${NUMBER}`),
      ratio(`\\| Recall: ?${NUMBER}`),
    ],
  },
  f1: {
    patterns: [
      ratio(`(?m)^F1[ -]score {0,8}: {0,8}${NUMBER}`),
      ratio(`F1分数 \\(F1-Score\\): ${NUMBER}`),
      ratio(`\\| F1 score: ?${NUMBER}`),
    ],
  },
};

function topK(k: number): OriginalMetric {
  const name = `Top-${String(k).padStart(2, " ")}`;
  return { patterns: [ratio(`(?m)^ {0,8}${name} Accuracy: ${NUMBER}`), ratio(`(?m)^ {0,8}${name}: ${NUMBER}`)] };
}

const BUG_LOCALIZATION: OriginalMetrics = {
  top1_accuracy: topK(1),
  top5_accuracy: topK(5),
  top10_accuracy: topK(10),
  top20_accuracy: topK(20),
};

/** The original's last line, `mAP:     0.724662%`, prints the same shares with a `%`. */
const PERSON_REID: OriginalMetrics = {
  rank1: { patterns: [ratio(`Rank@1: ?${NUMBER}`)] },
  rank5: { patterns: [ratio(`Rank@5: ?${NUMBER}`)] },
  rank10: { patterns: [ratio(`Rank@10: ?${NUMBER}`)] },
  map: { patterns: [ratio(`Rank@10: ?[0-9.]{1,20} mAP: ?${NUMBER}`), ratio(`mAP: {0,8}${NUMBER}`)] },
};

const RESNET: OriginalMetrics = {
  test_accuracy: {
    patterns: [ratio(`测试准确率: ${NUMBER}%`, "percent"), ratio(`(?m)^ {0,4}\\* Prec@1 ${NUMBER}`, "percent")],
    published: "percent",
  },
  best_val_accuracy: { patterns: [ratio(`最佳验证准确率: ${NUMBER}%`, "percent")], published: "percent" },
};

const VULBERTA: OriginalMetrics = {
  eval_loss: { patterns: [plain(`'eval_loss': ${NUMBER}`), plain(`(?m)^ {0,8}eval_loss: ${NUMBER}`)] },
  final_training_loss: { patterns: [plain(`Final training loss: ${NUMBER}`)] },
  eval_samples_per_second: {
    patterns: [
      plain(`'eval_samples_per_second': ${NUMBER}`, "1/s"),
      plain(`eval_samples_per_second: ${NUMBER}`, "1/s"),
    ],
  },
  train_samples_per_second: { patterns: [plain(`'train_samples_per_second': ${NUMBER}`, "1/s")] },
};

/** The original's models by `repository/model`, or `repository` for all others of one. */
const METRICS: Readonly<Record<string, OriginalMetrics>> = {
  "examples/mnist_ff": MNIST_FF,
  "examples/word_lm": WORD_LM,
  examples: TEST_SET,
  "MRT-OAST": MRT_OAST,
  "bug-localization-by-dnn-and-rvsm": BUG_LOCALIZATION,
  Person_reID_baseline_pytorch: PERSON_REID,
  pytorch_resnet_cifar10: RESNET,
  VulBERTa: VULBERTA,
};

/** The metrics that the logs of a model have; none for one that the original did not have. */
export function originalMetrics(repository: string, model: string): OriginalMetrics {
  return METRICS[`${repository}/${model}`] ?? METRICS[repository] ?? {};
}

/** A published metric in the unit that it has here. */
export function canonicalMetric(metrics: OriginalMetrics, name: string, value: number): number {
  // 94 / 100 has fewer digits than 94 * 0.01
  return metrics[name]?.published === "percent" ? value / 100 : value;
}
