import { startBackend } from "./backend.mjs";
import { loadDigits, split } from "./data.mjs";
import { createTraining, evaluate } from "./training.mjs";

/** @import { Options } from "./options.mjs" */

/**
 * Trains a model, printing a line for each epoch and then its score on the test images.
 * @param {Options} options
 */
export async function train(options) {
  await startBackend();
  const { training, validation, test } = split(loadDigits());
  const { model, trainEpoch } = createTraining(options, training);
  for (let epoch = 1; epoch <= options.epochs; epoch++) {
    const startMs = performance.now();
    const { loss, accuracy } = trainEpoch();
    const seconds = (performance.now() - startMs) / 1000;
    const fields = [
      `Epoch ${epoch}/${options.epochs}`,
      `loss: ${loss.toFixed(4)}`,
      `accuracy: ${accuracy.toFixed(4)}`,
      `val_accuracy: ${evaluate(model, validation).accuracy.toFixed(4)}`,
      `${seconds.toFixed(2)} s`,
    ];
    console.log(fields.join(" - "));
  }
  const { loss, accuracy, correct, count } = evaluate(model, test);
  console.log(`Test loss: ${loss.toFixed(4)}`);
  console.log(`Test accuracy: ${accuracy.toFixed(4)} (${correct}/${count})`);
}
