#!/usr/bin/env node
import { OptionError, parseOptions, usage } from "./src/options.mjs";

/** @import { Options } from "./src/options.mjs" */

const options = optionsOrUsage(process.argv.slice(2));
if (options) {
  printConfig(options);
  const { train } = await import("./src/train.mjs"); // TensorFlow.js takes longer to load than a bad flag to be refused
  await train(options);
}

/** @param {readonly string[]} args */
function optionsOrUsage(args) {
  try {
    return parseOptions(args);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    console.error(`train.mjs: ${error.message}\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

/**
 * What is really used, so that it can be compared with what was asked for.
 * @param {Options} used
 */
function printConfig(used) {
  for (const [name, value] of Object.entries(used)) {
    const snakeName = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    console.log(`Config: ${snakeName}=${String(value)}`);
  }
}
