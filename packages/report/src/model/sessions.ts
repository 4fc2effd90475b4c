import type { Plan, RecordJson } from "@ea/records";
import { z } from "zod";
import type { SessionInput } from "../report-input.ts";
import { shellWords } from "../text/shell-words.ts";
import type { SessionFacts } from "./report-data.ts";

const text = z.string().nullish();
/** What `plan.json` keeps of the way in which it was asked for. */
const Request = z.looseObject({
  project: text,
  config_file: text,
  experiment_file: text,
  experiment: z
    .looseObject({
      repo: text,
      model: text,
      mutate: z.union([z.string(), z.array(z.string())]).nullish(),
      space: z.record(z.string(), z.unknown()).nullish(),
    })
    .nullish(),
  runs: z.number().nullish(),
  settings: z
    .looseObject({
      repetitions: z.number().nullish(),
      strategy: text,
      order: text,
      baseline: text,
      history: z.array(z.string()).nullish(),
      sleep: z.boolean().nullish(),
    })
    .nullish(),
});

/** What a session asked for and how it stands. */
export function sessionFacts({ name, plan, records }: SessionInput): SessionFacts {
  const count = (status: RecordJson["status"]): number => records.filter((record) => record.status === status).length;
  const starts = records.map(({ timestamp }) => timestamp).sort((a, b) => Date.parse(a) - Date.parse(b));
  const commits = records.map(({ environment: { repository } }) => {
    const { path, commit, dirty } = repository;
    return commit === null ? `${path}: no git commit` : `${path} at ${commit}${dirty === true ? ", with changes" : ""}`;
  });
  return {
    name,
    planned: plan?.rows.length ?? null,
    success: count("success"),
    failed: count("failed"),
    suspect: count("suspect"),
    seed: plan?.seed ?? null,
    from: starts[0] ?? null,
    to: starts.at(-1) ?? null,
    experiments: (plan?.experiments ?? []).map(({ repository, model, mode, strategy, mutate, space }) => ({
      what: `${repository}/${model}`,
      how:
        mode === "default"
          ? "defaults"
          : `${strategy}: ${mutate.join(", ")}${space.size === null ? "" : ` (${space.size} possible)`}`,
    })),
    command: plan ? commandOf(plan) : null,
    commits: [...new Set(commits)],
  };
}

/** The `ea run` that makes the same plan, in the directory that its paths start from, with rests as before. */
function commandOf({ request, seed }: Plan): string | null {
  const found = Request.safeParse(request);
  if (!found.success) return null;
  const { project, config_file, experiment_file, experiment, runs, settings } = found.data;
  const mutate = experiment?.mutate;
  const flags: readonly (readonly [string, string | number | null | undefined])[] = [
    ["--config", config_file],
    ["--experiment-config", experiment_file],
    ["--repo", experiment?.repo],
    ["--model", experiment?.model],
    ["--mutate", typeof mutate === "string" ? mutate : mutate?.join(",")],
    ["--space", experiment?.space && JSON.stringify(experiment.space)],
    ["--runs", runs],
    ["--repetitions", settings?.repetitions],
    ["--strategy", settings?.strategy],
    ["--order", settings?.order],
    ["--baseline", settings?.baseline],
    ["--history", settings?.history?.join(",") || undefined],
    ["--seed", seed],
  ];
  const given = flags.flatMap(([flag, value]) => (value === null || value === undefined ? [] : [flag, String(value)]));
  const run = shellWords(["ea", "run", ...given, ...(settings?.sleep === false ? ["--no-sleep"] : [])]);
  return project ? `cd ${shellWords([project])} && ${run}` : run;
}
