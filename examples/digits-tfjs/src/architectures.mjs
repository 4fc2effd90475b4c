/**
 * The hidden layers of each model, in units.
 * @type {ReadonlyMap<string, readonly number[]>}
 */
export const hiddenUnits = new Map([
  ["mlp", [128]],
  ["mlp_deep", [128, 128, 64]],
]);
