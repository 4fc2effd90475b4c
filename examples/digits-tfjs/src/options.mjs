import { parseArgs } from "node:util";
import { hiddenUnits } from "./architectures.mjs";

const modelNames = [...hiddenUnits.keys()];

/**
 * What one training is made of.
 * @typedef {object} Options
 * @property {string} model
 * @property {number} epochs
 * @property {number} learningRate
 * @property {number} batchSize
 * @property {number} dropout share of hidden units left out at each step, in [0, 1)
 * @property {number} weightDecay decoupled, as in AdamW
 * @property {number} seed
 */

/** @type {Options} */
export const defaults = {
  model: "mlp",
  epochs: 10,
  learningRate: 0.003,
  batchSize: 32,
  dropout: 0.2,
  weightDecay: 0,
  seed: 42,
};

export const usage = `Usage: train.mjs [--model ${modelNames.join("|")}] [--epochs N] [--learning-rate X] [--batch-size N]
                 [--dropout X] [--weight-decay X] [--seed N]`;

/** Thrown for arguments that cannot be used; the message is for the user. */
export class OptionError extends Error {
  /** @override */
  name = "OptionError";
}

/**
 * The options given on the command line, the defaults for the rest.
 * @param {readonly string[]} args
 * @returns {Options}
 * @throws {OptionError}
 */
export function parseOptions(args) {
  const given = parseFlags(args);
  return {
    model: choice("--model", given.model, modelNames, defaults.model),
    epochs: integer("--epochs", given.epochs, 1, defaults.epochs),
    learningRate: real("--learning-rate", given["learning-rate"], "> 0", (x) => x > 0, defaults.learningRate),
    batchSize: integer("--batch-size", given["batch-size"], 1, defaults.batchSize),
    dropout: real("--dropout", given.dropout, "in [0, 1)", (x) => x >= 0 && x < 1, defaults.dropout),
    weightDecay: real("--weight-decay", given["weight-decay"], ">= 0", (x) => x >= 0, defaults.weightDecay),
    seed: integer("--seed", given.seed, 0, defaults.seed),
  };
}

/** @param {readonly string[]} args */
function parseFlags(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      options: {
        model: { type: "string" },
        epochs: { type: "string" },
        "learning-rate": { type: "string" },
        "batch-size": { type: "string" },
        dropout: { type: "string" },
        "weight-decay": { type: "string" },
        seed: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * @param {string} flag
 * @param {string | undefined} text
 * @param {readonly string[]} allowed
 * @param {string} fallback
 */
function choice(flag, text, allowed, fallback) {
  if (text === undefined) return fallback;
  if (!allowed.includes(text)) throw new OptionError(`${flag}: expected ${allowed.join(" or ")}, got "${text}"`);
  return text;
}

/**
 * @param {string} flag
 * @param {string | undefined} text
 * @param {number} min
 * @param {number} fallback
 */
function integer(flag, text, min, fallback) {
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value) || value < min) {
    throw new OptionError(`${flag}: expected an integer >= ${min}, got "${text}"`);
  }
  return value;
}

/**
 * @param {string} flag
 * @param {string | undefined} text
 * @param {string} expected
 * @param {(value: number) => boolean} isAllowed
 * @param {number} fallback
 */
function real(flag, text, expected, isAllowed, fallback) {
  if (text === undefined) return fallback;
  const value = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value) || !isAllowed(value)) {
    throw new OptionError(`${flag}: expected a number ${expected}, got "${text}"`);
  }
  return value;
}
