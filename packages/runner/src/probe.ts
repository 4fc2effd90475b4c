import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ParameterValue } from "@ea/records";
import { argumentText, defaultValues } from "./configurations.ts";
import type { TwoValues } from "./log-difference.ts";
import { echoFlags } from "./parameter-echoes.ts";
import { type ProbePair, probePairs, type Vector } from "./probe-pairs.ts";
import { type ProbeContext, type ProbeTraining, trainForProbe } from "./probe-training.ts";
import { type ProbeVerdict, probeVerdict } from "./probe-verdict.ts";
import type { RequestedExperiment } from "./requested-experiment.ts";
import { type ExperimentsRequest, refuseProblems, resolveSession } from "./resolve-session.ts";
import { resolveSettings } from "./settings.ts";

/** A probe of a repository's model. */
export interface ProbeRequest
  extends Pick<ExperimentsRequest, "project" | "configFile">,
    Omit<ProbeContext, "experiment" | "script" | "directory"> {
  readonly repository: string;
  readonly model: string;
  /** Told before each training: its 1-based number, of how many, and which value a parameter has in it. */
  readonly onTraining?: ((training: { number: number; of: number; what: string }) => void) | undefined;
}

/** What became of one parameter. */
export interface ProbedParameter extends ProbeVerdict {
  readonly name: string;
  /** The two values; absent when it was not trained. */
  readonly from?: ParameterValue;
  readonly to?: ParameterValue;
}

/** What a probe has found. */
export interface ProbeFindings {
  readonly repository: string;
  readonly model: string;
  readonly trainings: number;
  /** Why the defaults themselves cannot be trained; then nothing is known of any parameter. */
  readonly problem: string | undefined;
  readonly parameters: readonly ProbedParameter[];
}

/**
 * Trains with each hyperparameter at two values, for as few epochs as its range allows, and tells which of them change
 * nothing that the training prints. Measures no energy and leaves no records.
 *
 * @throws {RunnerError} `CONFIG`; the signal's reason when it is aborted.
 */
export async function probe(request: ProbeRequest): Promise<ProbeFindings> {
  const { repository, model } = request;
  const asked = { ...request, experiment: { repo: repository, model, mode: "default" as const } };
  const resolved = await resolveSession(asked, () => resolveSettings({}));
  refuseProblems(resolved.problems);
  const [experiment] = resolved.experiments;
  const script = resolved.scripts.get(repository);
  if (!experiment || !script) throw new RangeError("expected an experiment without problems");
  const directory = await mkdtemp(join(tmpdir(), "ea-probe-"));
  try {
    return await probeAll(experiment, { ...request, experiment, script, directory });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

type Pair = Extract<ProbePair, { readonly variant: Vector }>;

async function probeAll(
  experiment: RequestedExperiment,
  context: ProbeContext & Pick<ProbeRequest, "onTraining">,
): Promise<ProbeFindings> {
  const { config, repository, model } = experiment;
  const pairs = probePairs(config);
  const found = pairs.filter((pair): pair is Pair => "variant" in pair);
  const distinct = new Set(found.map(({ reference }) => JSON.stringify(reference)));
  const of = 2 * distinct.size + found.length;
  let number = 0;
  const train = (vector: Vector, what: string): Promise<ProbeTraining> => {
    number += 1;
    context.onTraining?.({ number, of, what });
    return trainForProbe({ vector, passed: changedFrom(config, vector), number }, context);
  };

  const references = new Map<string, { readonly first: ProbeTraining; readonly repeat: ProbeTraining }>();
  const parameters: ProbedParameter[] = [];
  for (const pair of pairs) {
    const { name } = pair;
    if (!("variant" in pair)) {
      parameters.push({ name, verdict: "undetermined", evidence: pair.reason });
      continue;
    }
    const { reference, variant } = pair;
    const key = JSON.stringify(reference);
    let trained = references.get(key);
    if (!trained) {
      const first = await train(reference, "the defaults");
      const problem = first.verdict.failureClass === undefined ? undefined : first.verdict.errorMessage;
      if (problem !== undefined && references.size === 0) {
        return { repository, model, trainings: number, problem, parameters: [] };
      }
      trained = { first, repeat: problem === undefined ? await train(reference, "the defaults again") : first };
      references.set(key, trained);
    }
    const [from = null, to = null] = [reference[name], variant[name]];
    const common = { name, from, to };
    const { failureClass, errorMessage } = trained.first.verdict;
    if (failureClass !== undefined) {
      const evidence = `what it depends on cannot be trained: ${errorMessage}`;
      parameters.push({ ...common, verdict: "undetermined", evidence });
      continue;
    }
    const training = await train(variant, `${name} = ${to}`);
    const [flag] = echoFlags(training.echoes, config, variant).filter(
      ({ code, evidence }) => code === "parameter-differs" && evidence["name"] === name,
    );
    const values = twoValues(config, name, { from, to });
    parameters.push({ ...common, ...probeVerdict(trained, training, values, flag?.message) });
  }
  return { repository, model, trainings: number, problem: undefined, parameters };
}

function twoValues(
  { supported_hyperparams: parameters }: RequestedExperiment["config"],
  name: string,
  { from, to }: Pick<TwoValues, "from" | "to">,
): TwoValues {
  const parameter = parameters[name];
  const text = (value: ParameterValue): string | undefined => parameter && argumentText(parameter, value);
  return { from, to, fromText: text(from), toText: text(to), flag: parameter?.flag };
}

/** What would count as mutated. */
function changedFrom({ supported_hyperparams }: RequestedExperiment["config"], vector: Vector): readonly string[] {
  const standing = defaultValues(supported_hyperparams);
  return Object.keys(vector).filter((name) => vector[name] !== standing[name]);
}
