import * as tf from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { hiddenUnits } from "./architectures.mjs";
import { classCount, imageSize } from "./data.mjs";
import { randomStream } from "./random.mjs";

/** @import { Sequential } from "@tensorflow/tfjs-layers" */

/**
 * Dense layers with seeded weights; the last one gives logits.
 * @param {string} name
 * @param {number} seed
 */
export function createModel(name, seed) {
  const random = randomStream(seed, "weights");
  const initializer = () => initializers.glorotUniform({ seed: Math.floor(random() * 2 ** 31) });
  const model = sequential();
  let inputSize = imageSize;
  for (const units of hiddenUnits.get(name) ?? []) {
    model.add(layers.dense({ inputShape: [inputSize], units, activation: "relu", kernelInitializer: initializer() }));
    inputSize = units;
  }
  model.add(layers.dense({ inputShape: [inputSize], units: classCount, kernelInitializer: initializer() }));
  return model;
}

/**
 * Logits of a batch; each hidden layer's output is first multiplied by the mask that `maskFor` gives for its size.
 * @param {Sequential} model
 * @param {tf.Tensor} images
 * @param {(length: number) => Float32Array} [maskFor] left out, nothing is dropped
 * @returns {tf.Tensor}
 */
export function logitsOf(model, images, maskFor) {
  /** @type {tf.Tensor} */
  let values = images;
  for (const [i, layer] of model.layers.entries()) {
    const output = layer.apply(values);
    if (!(output instanceof tf.Tensor)) throw new Error(`Expected one tensor from layer ${layer.name}`);
    const isHidden = i < model.layers.length - 1;
    values = isHidden && maskFor ? tf.mul(output, tf.tensor(maskFor(output.size), output.shape)) : output;
  }
  return values;
}

/**
 * Multiplies the weights by a factor, the biases not.
 * @param {Sequential} model
 * @param {number} factor
 */
export function shrinkWeights(model, factor) {
  for (const layer of model.layers) {
    const [kernel, ...bias] = layer.getWeights();
    if (kernel) layer.setWeights([tf.mul(kernel, factor), ...bias]);
  }
}
