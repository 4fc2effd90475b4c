import { metricSetNames } from "@ea/metrics-parser";
import { ModelsConfig } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import { answerParameter, domainText } from "./answer-parameter.ts";
import type { ProposedRepository } from "./propose-repository.ts";
import type { Questions } from "./questions.ts";

/** What an `ea init` writes, and where. */
export interface Answers {
  readonly name: string;
  readonly output: string;
  readonly proposed: ProposedRepository;
}

type Entry = Readonly<Record<string, unknown>>;

/** Asks about each part of a proposal, which is what no answer means; a bad answer is told and asked for again. */
export async function askProposal(
  { name, output, proposed }: Answers,
  { questions, tell }: { readonly questions: Questions; readonly tell: (text: string) => void },
): Promise<Answers> {
  const { entry } = proposed;
  /** Until `read` finds no problem with the answer. */
  const ask = async <Value>(
    question: string,
    proposal: string | undefined,
    read: (answer: string) => Value | { readonly problem: string },
  ): Promise<Value> => {
    for (;;) {
      const value = read(await questions.ask(question, proposal));
      if (!isProblem(value)) return value;
      tell(`  ${value.problem}\n`);
    }
  };

  const models = Array.isArray(entry["models"]) ? entry["models"].map(String).join(", ") : "default";
  const askedModels = await ask("Its models, separated by commas", models, (answer) => {
    const words = wordsOf(answer);
    return words.length > 0 ? words : { problem: "expected at least one name, found none" };
  });

  tell("A range or values for each hyperparameter; - leaves it out\n");
  const parameters: [string, unknown][] = [];
  for (const [parameter, before] of Object.entries(proposedParameters(entry))) {
    const question = `  ${parameter} (${String(before["flag"])}, default ${String(before["default"])})`;
    const answered = await ask(question, domainText(before), (answer) => {
      const found = answerParameter(answer === domainText(before) ? "" : answer, before);
      return "parameter" in found ? checked(parameter, found.parameter) : found;
    });
    if (!("isLeftOut" in answered)) parameters.push([parameter, answered]);
  }

  const metrics = await askMetrics(entry["performance_metrics"], ask);
  const { performance_metrics: _, ...rest } = entry;
  const asked = {
    ...rest,
    models: askedModels,
    supported_hyperparams: Object.fromEntries(parameters),
    ...(metrics !== undefined && { performance_metrics: metrics }),
  };
  const askedName = await ask("Name of the repository", name, (answer) => answer);
  const askedOutput = await ask("Write to", output, (answer) => answer);
  return { name: askedName, output: askedOutput, proposed: { ...proposed, entry: asked } };
}

type Ask = <Value>(
  question: string,
  proposal: string | undefined,
  read: (answer: string) => Value | { readonly problem: string },
) => Promise<Value>;

async function askMetrics(metrics: unknown, ask: Ask): Promise<unknown> {
  const patterns = isObject(metrics) && isObject(metrics["log_patterns"]) ? metrics["log_patterns"] : undefined;
  if (!patterns) {
    const preset = isObject(metrics) ? String(metrics["preset"]) : undefined;
    const question = `Who prints the metrics (${metricSetNames.join(", ")}; - nobody)`;
    return ask(question, preset ?? "-", (answer) => {
      if (answer === "-") return undefined;
      const known = metricSetNames.some((name) => name === answer);
      return known ? { preset: answer } : { problem: `unknown: "${answer}"${suggestion(answer, metricSetNames)}` };
    });
  }
  const names = Object.keys(patterns);
  return ask("Metrics to keep, separated by commas", names.join(", "), (answer) => {
    const words = wordsOf(answer);
    const unknown = words.find((word) => !names.includes(word));
    if (unknown !== undefined) return { problem: `none is called "${unknown}"${suggestion(unknown, names)}` };
    return { log_patterns: Object.fromEntries(words.map((word) => [word, patterns[word]])) };
  });
}

/** A hyperparameter as the configuration would take it, or what is wrong with it. */
function checked(name: string, parameter: Entry): Entry | { readonly problem: string } {
  const repository = { path: ".", train_script: "x", models: ["x"], supported_hyperparams: { [name]: parameter } };
  const { error } = ModelsConfig.safeParse({ models: { x: repository } });
  return error ? { problem: error.issues.map(({ message }) => message).join("; ") } : parameter;
}

function proposedParameters(entry: Entry): Readonly<Record<string, Entry>> {
  const parameters = entry["supported_hyperparams"];
  const all = isObject(parameters) ? Object.entries(parameters) : [];
  return Object.fromEntries(all.flatMap(([name, each]) => (isObject(each) ? [[name, each]] : [])));
}

function wordsOf(answer: string): readonly string[] {
  return answer
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function isProblem(value: unknown): value is { readonly problem: string } {
  return isObject(value) && typeof value["problem"] === "string";
}

function isObject(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
