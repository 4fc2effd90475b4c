import { expect, test } from "vitest";
import { parameterEchoes } from "../../src/original/parameter-echoes.ts";

test.each([
  ["[INFO] Epochs: 14", "epochs", 14],
  ["[INFO] Batch Size: 32", "batch_size", 32],
  ["  初始学习率: 0.065293", "learning_rate", 0.065293],
  ["学习率: 0.000063", "learning_rate", 0.000063],
  ["  训练轮数: 140", "epochs", 140],
  ["Total Epochs: 41", "epochs", 41],
  ["Learning Rate: 0.02", "learning_rate", 0.02],
  ["Alpha: 1e-5", "alpha", 1e-5],
  ["  - Alpha (L2 penalty): 1.8e-05", "alpha", 1.8e-5],
  ["Max iterations: 2183", "max_iter", 2183],
  ["K-fold: 9", "kfold", 9],
  ["Random Seed: 4158", "seed", 4158],
  ["  - Random seed: 4727 (deterministic mode)", "seed", 4727],
  ["=> Using seed: 4040 (deterministic mode)", "seed", 4040],
  ["权重衰减：0.000079", "weight_decay", 0.000079],
])("%s", (line, name, value) => {
  expect(parameterEchoes(["", line])).toEqual({ [name]: { value, line: 2, text: line.trim(), as: "printed" } });
});

test.each([
  "Epoch: [0][350/391]\tTime 0.011 (0.040)",
  "Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.316831",
  "current lr 6.52930e-02",
  "Learning Rate: default",
  "[Train Wrapper] Arguments: -n mnist --seed 7",
  "Early stopping patience: 30",
  "Start time: 2026-01-02 09:43:34",
])("%j echoes nothing", (line) => expect(parameterEchoes([line])).toEqual({}));

test("the arguments of the program itself count more than what is printed, and the first print more than later ones", () => {
  const lines = [
    "Learning Rate: 0.062030",
    "Learning Rate: 0.5",
    "Total Epochs: 41",
    "/opt/envs/reid/bin/python -u train.py --total_epoch 41 --lr 0.02 --droprate=0.43 --name x",
  ];
  const echoed = parameterEchoes(lines);
  expect(echoed["learning_rate"]).toMatchObject({ value: 0.02, line: 4, as: "argument" });
  expect(echoed["epochs"]).toMatchObject({ value: 41, line: 4 });
  expect(echoed["dropout"]).toMatchObject({ value: 0.43 });
  expect(parameterEchoes(lines.slice(0, 3))["learning_rate"]).toMatchObject({ value: 0.06203, line: 1 });
});
