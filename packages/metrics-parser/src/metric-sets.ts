import type { MetricPatterns } from "./metric-pattern.ts";

/** A number as trainers print it; what comes before it says where `nan` is looked for. */
const NUMBER = "([-+]?\\d+(?:\\.\\d*)?(?:e[-+]?\\d+)?)";

/** Metrics of a framework: what stands before the number, `{}` for the number; at least one of a set has to be found. */
function set(
  patterns: Readonly<Record<string, string>>,
  series?: { x: string; of: readonly string[] },
): MetricPatterns {
  return Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [
      name,
      {
        pattern: pattern.replace("{}", NUMBER),
        required: "any" as const,
        ...(series?.of.includes(name) === true && { aggregation: "each" as const, x: series.x }),
      },
    ]),
  );
}

/** `model.fit` and `model.evaluate` of Keras 2 and 3, verbose 1 and 2. */
const keras = set(
  {
    loss: " - loss: {}",
    accuracy: " - (?:(?:binary|(?:sparse_)?categorical)_)?acc(?:uracy)?: {}",
    val_loss: " - val_loss: {}",
    val_accuracy: " - val_(?:(?:binary|(?:sparse_)?categorical)_)?acc(?:uracy)?: {}",
  },
  { x: "(?m)^Epoch (\\d+)/\\d+$", of: ["val_loss", "val_accuracy"] },
);

/** Progress bars (tqdm's `name=1`, rich's `name: 1`) and result tables of PyTorch Lightning, with the names of its documentation. */
const lightning = set(
  {
    train_loss: "\\btrain_loss(?:_epoch)?[=:] ?{}",
    val_loss: "\\bval_loss(?:[=:] ?|[ │]+){}",
    val_acc: "\\bval_acc(?:uracy)?(?:[=:] ?|[ │]+){}",
    test_loss: "\\btest_loss[ │]+{}",
    test_acc: "\\btest_acc(?:uracy)?[ │]+{}",
  },
  // A table is of no epoch
  { x: "\\bEpoch (\\d+)[:/]|\\b(?:Validate|Test) metric\\b", of: ["train_loss", "val_loss", "val_acc"] },
);

/** What the Trainer of Hugging Face prints: a Python dict at each logging step and evaluation, tables at the end. */
const huggingface = set(
  {
    loss: "'loss': '?{}",
    train_loss: "\\btrain_loss(?:': '?| += +){}",
    train_runtime: "\\btrain_runtime': '?{}",
    train_samples_per_second: "\\btrain_samples_per_second(?:': '?| += +){}",
    eval_loss: "\\beval_loss(?:': '?| += +){}",
    eval_accuracy: "\\beval_accuracy(?:': '?| += +){}",
    eval_f1: "\\beval_f1(?:': '?| += +){}",
    eval_samples_per_second: "\\beval_samples_per_second(?:': '?| += +){}",
  },
  // A table is of the model at the end, which may be an earlier one
  { x: `'epoch': '?${NUMBER}|\\*{5} \\w+ metrics`, of: ["loss", "eval_loss", "eval_accuracy", "eval_f1"] },
);

/** Columns of the tables that ultralytics prints while training and validating: detection, and classification. */
const ultralytics = set(
  {
    box_loss: "(?m)^ +\\d+/\\d+ +[\\d.]+G? +{} +[\\d.]+ +[\\d.]+ +\\d+ +\\d+:",
    cls_loss: "(?m)^ +\\d+/\\d+ +[\\d.]+G? +[\\d.]+ +{} +[\\d.]+ +\\d+ +\\d+:",
    dfl_loss: "(?m)^ +\\d+/\\d+ +[\\d.]+G? +[\\d.]+ +[\\d.]+ +{} +\\d+ +\\d+:",
    loss: "(?m)^ +\\d+/\\d+ +[\\d.]+G? +{} +\\d+ +\\d+:",
    precision: "(?m)^ +all +\\d+ +\\d+ +{}",
    recall: "(?m)^ +all +\\d+ +\\d+ +[-\\d.e]+ +{}",
    map50: "(?m)^ +all +\\d+ +\\d+ +[-\\d.e]+ +[-\\d.e]+ +{}",
    map50_95: "(?m)^ +all +\\d+ +\\d+ +[-\\d.e]+ +[-\\d.e]+ +[-\\d.e]+ +{}",
    top1_accuracy: "(?m)^ +all +{} +[\\d.]+ *$",
    top5_accuracy: "(?m)^ +all +[\\d.]+ +{} *$",
  },
  {
    // What is validated in the end is the best model
    x: "(?m)^ +(\\d+)/\\d+ +[\\d.]+G? |^(?:Validating|Ultralytics) ",
    of: [
      "box_loss",
      "cls_loss",
      "dfl_loss",
      "loss",
      "precision",
      "recall",
      "map50",
      "map50_95",
      "top1_accuracy",
      "top5_accuracy",
    ],
  },
);

/** `name: number` and `name=number` of scripts that print for themselves; `9913/10000` as a ratio. */
const plain: MetricPatterns = {
  ...set(
    {
      train_loss: "\\btrain(?:ing)?(?:[ _-]loss\\s?[:=]\\s*| epoch: .*\\bloss: ){}",
      val_loss: "\\bval(?:id|idation)?[ _-]loss\\s?[:=]\\s*{}",
      val_accuracy: "\\bval(?:id|idation)?[ _-]acc(?:uracy)?\\s?[:=]\\s*{}",
      test_loss: "\\btest(?:[ _-]loss| set: average loss)\\s?[:=]\\s*{}",
      test_accuracy: "(?:\\btest[ _-]acc(?:uracy)?|测试准确率)\\s?[:=：]\\s*{}",
    },
    { x: "\\bepoch:?[ \\[]+(\\d+)", of: ["train_loss", "val_loss", "val_accuracy"] },
  ),
  accuracy: { pattern: "\\baccuracy: (\\d+)/(\\d+)", as: "ratio", required: "any" },
};

/** Ready-made patterns by the name of what prints them. */
export const metricSets = { keras, lightning, huggingface, ultralytics, plain } satisfies Record<
  string,
  MetricPatterns
>;

/** The names of the ready-made sets. */
export const metricSetNames = ["keras", "lightning", "huggingface", "ultralytics", "plain"] as const;
