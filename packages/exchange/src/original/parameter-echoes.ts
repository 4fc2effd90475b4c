import type { ImportedJson } from "@ea/records";

/** What the logs of the original's trainings call their parameters, in lower case with single spaces. */
const LABELS: Readonly<Record<string, string>> = {
  epochs: "epochs",
  "total epochs": "epochs",
  "total epoch": "epochs",
  "num epochs": "epochs",
  "number of epochs": "epochs",
  "training epochs": "epochs",
  训练轮数: "epochs",
  总轮数: "epochs",
  轮数: "epochs",
  训练周期: "epochs",
  "learning rate": "learning_rate",
  "initial learning rate": "learning_rate",
  lr: "learning_rate",
  学习率: "learning_rate",
  初始学习率: "learning_rate",
  "batch size": "batch_size",
  批次大小: "batch_size",
  批大小: "batch_size",
  批量大小: "batch_size",
  dropout: "dropout",
  "dropout rate": "dropout",
  droprate: "dropout",
  "drop rate": "dropout",
  dropout率: "dropout",
  丢弃率: "dropout",
  "weight decay": "weight_decay",
  权重衰减: "weight_decay",
  seed: "seed",
  "random seed": "seed",
  "=> using seed": "seed",
  随机种子: "seed",
  alpha: "alpha",
  "max iter": "max_iter",
  "max iterations": "max_iter",
  "maximum iterations": "max_iter",
  最大迭代次数: "max_iter",
  "k fold": "kfold",
  kfold: "kfold",
};

/** The flags of the original's trainers. */
const FLAGS: Readonly<Record<string, string>> = {
  "--epochs": "epochs",
  "--total_epoch": "epochs",
  "--lr": "learning_rate",
  "--learning_rate": "learning_rate",
  "--learning-rate": "learning_rate",
  "--batch-size": "batch_size",
  "--batch_size": "batch_size",
  "--batchsize": "batch_size",
  "--dropout": "dropout",
  "--droprate": "dropout",
  "--wd": "weight_decay",
  "--weight-decay": "weight_decay",
  "--weight_decay": "weight_decay",
  "--seed": "seed",
  "--alpha": "alpha",
  "--max_iter": "max_iter",
  "--kfold": "kfold",
};

/** A label, what may explain it in brackets, and a number that nothing but more words in brackets follows. */
const ECHO =
  /^[\s\-*•]*(?:\[INFO\]\s*)?([^:：[\]()\n]{2,30}?)\s*(?:\([^()\n]{1,30}\)\s*)?[:：]\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(?:[(（].*)?$/;
const ARGUMENT = /(?<=\s)(-{1,2}[A-Za-z][\w-]*)(?:=|\s+)([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?=\s|$)/g;
const PYTHON = /(?:^|[\s/])python[\d.]*\s(?:.*\s)?\S+\.py(?:\s|$)/;
/** The original's own wrapper prints what was asked for, not what the training has got. */
const WRAPPER = /^\[Train Wrapper\]/;
const EXCERPT = 200;

/** Parameters that the start of a log tells, one per name: of the program's own arguments, else as it is printed first. */
export function parameterEchoes(lines: readonly string[]): ImportedJson["echoed"] {
  const printed = new Map<string, ImportedJson["echoed"][string]>();
  const passed = new Map<string, ImportedJson["echoed"][string]>();
  for (const [index, line] of lines.entries()) {
    if (WRAPPER.test(line)) continue;
    const text = line.trim().slice(0, EXCERPT);
    if (PYTHON.test(line)) {
      for (const [, flag = "", number] of line.matchAll(ARGUMENT)) {
        const name = FLAGS[flag];
        if (name !== undefined) passed.set(name, { value: Number(number), line: index + 1, text, as: "argument" });
      }
      continue;
    }
    const [, label = "", number] = ECHO.exec(line) ?? [];
    const name =
      LABELS[
        label
          .toLowerCase()
          .replaceAll(/[\s_-]+/g, " ")
          .trim()
      ];
    if (name === undefined || printed.has(name)) continue;
    printed.set(name, { value: Number(number), line: index + 1, text, as: "printed" });
  }
  return Object.fromEntries([...printed, ...passed]);
}
