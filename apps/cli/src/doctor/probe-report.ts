import type { ParameterValue } from "@ea/records";
import type { ProbeFindings } from "@ea/runner";
import { table } from "../format.ts";

/** The findings of `ea doctor --probe` for people. */
export function probeReport({ repository, model, trainings, problem, parameters }: ProbeFindings): string {
  const title = `${repository}/${model}, ${trainings} trainings without measuring\n`;
  if (problem !== undefined) return `${title}\nThe defaults cannot be trained, so nothing can be told: ${problem}\n`;
  const rows = parameters.map(({ name, from, to, verdict, evidence }) => [
    name,
    text(from),
    text(to),
    verdict,
    evidence,
  ]);
  const named = (verdict: string): readonly string[] =>
    parameters.filter((each) => each.verdict === verdict).map(({ name }) => name);
  const lines = [
    ["Changes nothing that is printed", named("no effect seen")],
    ["Fails with another value", named("fails")],
    ["Nothing can be told", named("undetermined")],
  ] as const;
  return [
    `${title}\n`,
    table(["hyperparameter", "value", "other", "verdict", "evidence"], rows),
    "\n",
    ...lines.flatMap(([words, names]) => (names.length > 0 ? [`${words}: ${names.join(", ")}\n`] : [])),
    ...(named("effective").length === parameters.length ? ["Every hyperparameter has an effect.\n"] : []),
  ].join("");
}

/** The document of `ea doctor --probe … --json`. */
export function probeToJson(findings: ProbeFindings, toolVersion: string): Record<string, unknown> {
  const { repository, model, trainings, problem, parameters } = findings;
  return {
    schema_version: 1,
    tool_version: toolVersion,
    repository,
    model,
    trainings,
    problem: problem ?? null,
    parameters: parameters.map(({ name, from, to, verdict, evidence }) => {
      return { name, value: from ?? null, other: to ?? null, verdict, evidence };
    }),
  };
}

function text(value: ParameterValue | undefined): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
