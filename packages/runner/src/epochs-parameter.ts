const EPOCHS = /^(?:(?:n|num|max|total|train|num_train)_)?epochs?$/;

/** Whether a parameter says how often the training goes through its data, by its name: `epochs`, `num_epochs`, … */
export function isEpochs(name: string): boolean {
  return EPOCHS.test(name);
}
