import { expect, test } from "vitest";
import { compareLogs, type TwoValues } from "../src/log-difference.ts";

const LR: TwoValues = { from: 0.003, to: 0.03, fromText: "0.003", toText: "0.03", flag: "--lr" };
const compare = (before: string, repeat: string, after: string, values = LR) =>
  compareLogs({ first: before.split("\n"), repeat: repeat.split("\n") }, after.split("\n"), values);

test("another number is a difference", () => {
  expect(compare("loss 0.5\nend", "loss 0.5\nend", "loss 0.4\nend")).toEqual({
    difference: { before: "loss 0.5", after: "loss 0.4" },
    isEchoed: false,
  });
});

test.each([
  ["lr=0.003", "lr=0.03"],
  ["Namespace(epochs=3, lr=0.003)", "Namespace(epochs=3, lr=0.03)"],
  ["learning rate: 0.003000 and 3e-3", "learning rate: 0.030000 and 3e-2"],
])("%s is the value and nothing else", (before, after) => {
  expect(compare(before, before, after)).toEqual({ difference: undefined, isEchoed: true });
});

test("a word is the value as well, and so is a flag that was not there", () => {
  const words: TwoValues = { from: "adam", to: "sgd", fromText: "adam", toText: "sgd", flag: "--opt" };
  expect(compare("opt=adamw_adam", "opt=adamw_adam", "opt=sgdw_sgd", words).isEchoed).toBe(true);
  const seed: TwoValues = { from: null, to: 7, fromText: undefined, toText: "7", flag: "--seed" };
  expect(compare('argv: ["-e","3"]', 'argv: ["-e","3"]', 'argv: ["-e","3","--seed","7"]', seed)).toEqual({
    difference: undefined,
    isEchoed: true,
  });
  expect(compare("seed None", "seed None", "seed 7", seed).isEchoed).toBe(true);
});

test("what is derived of the value is more than the value", () => {
  expect(compare("lr 0.003 then 0.0015", "lr 0.003 then 0.0015", "lr 0.03 then 0.015").difference).toBeDefined();
});

test("a number that is the old value by chance does not hide another one", () => {
  const decay: TwoValues = { from: 0, to: 1, fromText: "0", toText: "1", flag: "--wd" };
  expect(compare("epoch 0 loss 0.5", "epoch 0 loss 0.5", "epoch 0 loss 0.6", decay).difference).toBeDefined();
  expect(compare("epoch 0 loss 0.5", "epoch 0 loss 0.5", "epoch 0 loss 0.5", decay)).toEqual({
    difference: undefined,
    isEchoed: false,
  });
});

test("what differs between two equal trainings is no difference, and what beside it differs is", () => {
  expect(compare("loss 0.51 lr 1", "loss 0.52 lr 1", "loss 0.40 lr 1").difference).toBeUndefined();
  expect(compare("loss 0.51 lr 1", "loss 0.52 lr 1", "loss 0.40 lr 2").difference).toBeDefined();
  expect(compare("a\nb", "a", "c").difference).toBeUndefined();
});

test("a line more or less is a difference", () => {
  expect(compare("epoch", "epoch", "epoch\nepoch").difference).toEqual({ before: undefined, after: "epoch" });
  expect(compare("epoch\nepoch", "epoch\nepoch", "epoch").difference).toEqual({ before: "epoch", after: undefined });
});
