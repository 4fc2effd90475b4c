/** What the name of a run's folder, or of its record at the seed date, says. */
export interface RunName {
  readonly repository: string;
  readonly model: string;
  /** The number of the run in its session; at the seed date there is none. */
  readonly number: number | undefined;
  readonly isParallel: boolean;
}

/** The original's repositories: their names have underscores, so where they end has to be known. */
const REPOSITORIES = [
  "MRT-OAST",
  "bug-localization-by-dnn-and-rvsm",
  "pytorch_resnet_cifar10",
  "VulBERTa",
  "Person_reID_baseline_pytorch",
  "examples",
];

/** Reads `<repository>_<model>_<nnn>[_parallel]` or `<stamp>_<repository>_<model>`; `undefined` for another name. */
export function readRunName(name: string): RunName | undefined {
  const stamped = /^\d{8}_\d{6}_(.+)$/.exec(name);
  const numbered = /^(.+?)_(\d{3,5})(_parallel)?$/.exec(name);
  const [, rest] = stamped ?? numbered ?? [];
  if (rest === undefined) return undefined;
  const repository = REPOSITORIES.find((known) => rest.startsWith(`${known}_`));
  // Of another repository the model is the last word
  const split = repository?.length ?? rest.lastIndexOf("_");
  if (split < 1 || split >= rest.length - 1) return undefined;
  const isNumbered = stamped === null && numbered !== null;
  return {
    repository: rest.slice(0, split),
    model: rest.slice(split + 1),
    number: isNumbered ? Number(numbered[2]) : undefined,
    isParallel: isNumbered && numbered[3] !== undefined,
  };
}
