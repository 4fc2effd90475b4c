import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { startBackend } from "../src/backend.mjs";
import { loadDigits, split } from "../src/data.mjs";
import { defaults } from "../src/options.mjs";
import { createTraining, evaluate } from "../src/training.mjs";

const { training, validation } = split(loadDigits());

beforeAll(startBackend);

test("the same seed gives the same loss to the last bit", () => {
  const lossesOf = (seed: number) => {
    const { model, trainEpoch } = createTraining({ ...defaults, weightDecay: 0.1, seed }, training);
    return [trainEpoch().loss, trainEpoch().loss, evaluate(model, validation).loss];
  };
  const first = lossesOf(1);
  expect(lossesOf(1)).toEqual(first);
  expect(lossesOf(2)).not.toEqual(first);
});

test("epochs leave no tensors behind", () => {
  const { model, trainEpoch } = createTraining({ ...defaults, weightDecay: 0.1 }, training);
  const tensorsAfterEpoch = () => {
    trainEpoch();
    evaluate(model, validation);
    return memory().numTensors;
  };
  const first = tensorsAfterEpoch();
  expect(tensorsAfterEpoch()).toBe(first);
});
