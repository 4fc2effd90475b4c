const EPOCHS = /^(?:(?:n|num|max|total|train|num_train)_)?epochs?$/;

/** Whether a parameter says how often the training goes through its data, by its name: `epochs`, `num_epochs`, … */
export function isEpochs(name: string): boolean {
  return EPOCHS.test(name);
}

/** How many epochs a configuration trains; `undefined` where no hyperparameter says it. */
export function epochsOf(hyperparameters: Readonly<Record<string, unknown>>): number | undefined {
  const [, value] = Object.entries(hyperparameters).find(([name]) => isEpochs(name)) ?? [];
  return typeof value === "number" && value > 0 ? value : undefined;
}
