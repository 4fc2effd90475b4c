import * as tf from "@tensorflow/tfjs-core";
import { classCount, imageSize, pick } from "./data.mjs";
import { createModel, logitsOf, shrinkWeights } from "./model.mjs";
import { dropoutMask, permutation, randomStream } from "./random.mjs";

/** @import { Sequential } from "@tensorflow/tfjs-layers" */
/** @import { Images } from "./data.mjs" */
/** @import { Options } from "./options.mjs" */

/**
 * How a model did on a set of images; `loss` is the mean cross-entropy, NaN when the training has diverged.
 * @typedef {object} Score
 * @property {number} loss
 * @property {number} accuracy
 * @property {number} correct
 * @property {number} count
 */

/**
 * A new model and the function that trains it for one epoch with AdamW: cross-entropy, one order of the images and one
 * dropout mask per layer and step from streams of `seed`. tfjs's own shuffle and dropout cannot be repeated.
 * @param {Options} options
 * @param {Images} images
 */
export function createTraining(options, images) {
  const model = createModel(options.model, options.seed);
  const optimizer = tf.train.adam(options.learningRate);
  const orderRandom = randomStream(options.seed, "order");
  const dropoutRandom = randomStream(options.seed, "dropout");
  const maskFor = (/** @type {number} */ length) => dropoutMask(length, options.dropout, dropoutRandom);

  /** @param {Images} batch */
  const step = (batch) => {
    let correct = 0;
    if (options.weightDecay > 0) shrinkWeights(model, 1 - options.learningRate * options.weightDecay);
    const loss = optimizer.minimize(() => {
      const logits = logitsOf(model, imageTensor(batch), options.dropout > 0 ? maskFor : undefined);
      correct = countCorrect(logits, batch.labels);
      return meanLoss(logits, batch.labels);
    }, true);
    return { loss: Number(loss?.dataSync()[0]), correct };
  };

  /** @returns {Score} of the batches as they were trained on, dropout included */
  const trainEpoch = () => {
    const count = images.labels.length;
    const order = permutation(count, orderRandom);
    let lossSum = 0;
    let correct = 0;
    for (let start = 0; start < count; start += options.batchSize) {
      const batch = pick(images, order.subarray(start, start + options.batchSize));
      const result = tf.tidy(() => step(batch));
      lossSum += result.loss * batch.labels.length;
      correct += result.correct;
    }
    return score(lossSum / count, correct, count);
  };

  return { model, trainEpoch };
}

/**
 * The model's score on images that it is not trained on.
 * @param {Sequential} model
 * @param {Images} images
 */
export function evaluate(model, images) {
  return tf.tidy(() => {
    const logits = logitsOf(model, imageTensor(images));
    const loss = Number(meanLoss(logits, images.labels).dataSync()[0]);
    return score(loss, countCorrect(logits, images.labels), images.labels.length);
  });
}

/**
 * @param {number} loss
 * @param {number} correct
 * @param {number} count
 * @returns {Score}
 */
function score(loss, correct, count) {
  return { loss, accuracy: correct / count, correct, count };
}

/** @param {Images} images */
function imageTensor(images) {
  return tf.tensor2d(images.pixels, [images.labels.length, imageSize]);
}

/**
 * @param {tf.Tensor} logits
 * @param {Uint8Array} labels
 * @returns {tf.Scalar}
 */
function meanLoss(logits, labels) {
  const expected = tf.oneHot(tf.tensor1d(labels, "int32"), classCount);
  return tf.losses.softmaxCrossEntropy(expected, logits);
}

/**
 * @param {tf.Tensor} logits
 * @param {Uint8Array} labels
 */
function countCorrect(logits, labels) {
  const answers = tf.argMax(logits, 1).dataSync();
  return labels.filter((label, i) => label === answers[i]).length;
}
