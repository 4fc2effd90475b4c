import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

export const imageSize = 64;
export const classCount = 10;

// The split is a rule, not a draw: the same for every seed, and for the PyTorch example.
const testEvery = 5;
const validationEvery = 10;

/**
 * Images, one row of 64 pixels in [0, 1] after the other, and the digit that each one shows.
 * @typedef {object} Images
 * @property {Float32Array} pixels
 * @property {Uint8Array} labels
 */

/** The 1797 digits of the file beside this package, in the file's order. */
export function loadDigits() {
  const csv = gunzipSync(readFileSync(new URL("../data/digits.csv.gz", import.meta.url))).toString("latin1");
  const rows = csv.trimEnd().split("\n");
  const pixels = new Float32Array(rows.length * imageSize);
  const labels = new Uint8Array(rows.length);
  for (const [i, row] of rows.entries()) {
    const numbers = row.split(",").map(Number);
    pixels.set(
      numbers.slice(0, imageSize).map((level) => level / 16),
      i * imageSize,
    );
    labels[i] = Number(numbers[imageSize]);
  }
  return { pixels, labels };
}

/**
 * Sorts by digit, then takes every fifth image as test (360) and of the other 1437 every tenth as validation (144),
 * so that each part has all digits in nearly equal shares.
 * @param {Images} digits
 */
export function split(digits) {
  const byDigit = Array.from(digits.labels.keys()).sort((a, b) => Number(digits.labels[a]) - Number(digits.labels[b]));
  const test = byDigit.filter((_, position) => position % testEvery === 0);
  const rest = byDigit.filter((_, position) => position % testEvery !== 0);
  const validation = rest.filter((_, position) => position % validationEvery === 0);
  const training = rest.filter((_, position) => position % validationEvery !== 0);
  return { training: pick(digits, training), validation: pick(digits, validation), test: pick(digits, test) };
}

/**
 * The images at the given places, in that order.
 * @param {Images} images
 * @param {ArrayLike<number>} places
 * @returns {Images}
 */
export function pick(images, places) {
  const pixels = new Float32Array(places.length * imageSize);
  const labels = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = Number(places[i]);
    pixels.set(images.pixels.subarray(place * imageSize, (place + 1) * imageSize), i * imageSize);
    labels[i] = Number(images.labels[place]);
  }
  return { pixels, labels };
}
