import { createHash } from "node:crypto";
import type { RecordJson } from "@ea/records";
import { cutText } from "./cut-text.ts";
import { type RunFacts, runFacts } from "./run-facts.ts";

/** Where the runs go in Weights & Biases. */
export interface WandbOptions {
  readonly project: string;
}

/** Longest text that W&B takes for a project, an id or a name. */
const LONGEST = 128;

/**
 * A run as one line of JSON, which the generated script passes to `wandb.init`, `log` and `finish`.
 *
 * @param session the name of the record's session, which becomes the group.
 */
export function wandbLine(record: RecordJson, session: string, { project }: WandbOptions): string {
  const facts = runFacts(record, session);
  const line = {
    id: identifier(facts.id),
    name: cutText(facts.id, LONGEST),
    project: wandbProject(project),
    group: cutText(session, LONGEST),
    config: facts.parameters,
    history: historyOf(facts),
    summary: {
      ...facts.metrics,
      ...Object.fromEntries(Object.entries(facts.tags).map(([name, text]) => [`ea.${name}`, text])),
      started_at: new Date(facts.startMs).toISOString(),
      ended_at: new Date(facts.endMs).toISOString(),
    },
    exit_code: facts.isSuccess ? 0 : 1,
  };
  return `${JSON.stringify(line)}\n`;
}

/** A project's name without what W&B refuses in one. */
function wandbProject(name: string): string {
  return cutText(name.replaceAll(/[/\\#?%:\s]/g, "-"), LONGEST) || "ea";
}

function historyOf({
  series,
}: RunFacts): readonly { readonly step: number; readonly values: Record<string, number> }[] {
  const steps = new Map<number, Record<string, number>>();
  for (const [name, points] of Object.entries(series)) {
    for (const { step, value } of points) steps.set(step, { ...steps.get(step), [`series/${name}`]: value });
  }
  return [...steps].sort(([a], [b]) => a - b).map(([step, values]) => ({ step, values }));
}

function identifier(id: string): string {
  if (/^[\w.-]{1,128}$/.test(id)) return id;
  return createHash("sha256").update(id).digest("hex").slice(0, 32);
}
