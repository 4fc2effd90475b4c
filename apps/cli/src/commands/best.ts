import { relative } from "node:path";
import {
  basisText,
  byConfiguration,
  cheapestWithin,
  commonMetric,
  costBasis,
  type TradeOff,
  type TradeOffPoint,
  tradeOff,
  withKeys,
} from "@ea/analysis";
import { type RecordJson, readPlan, readRecords } from "@ea/records";
import { configError } from "@ea/runner";
import { suggestion } from "@ea/runner/words";
import { EXIT } from "../exit-codes.ts";
import { sessionPath } from "../session/session-path.ts";
import type { Terminal } from "../terminal.ts";
import { dropRequest, metricRequest } from "../trade/best-request.ts";
import { bestText } from "../trade/best-text.ts";
import type { BestFlags } from "../trade/trade-options.ts";

/** `ea best`: the configurations that no other one beats in energy and metric, and the cheapest that is good enough. */
export async function best(flags: BestFlags, terminal: Terminal): Promise<number> {
  const given = flags.sessions?.length ? flags.sessions : [undefined];
  const keyed = [];
  const sessions: string[] = [];
  for (const session of given) {
    const directory = sessionPath(session, flags.results, terminal);
    sessions.push(relative(terminal.workingDirectory, directory) || ".");
    keyed.push(...withKeys(await readRecords(directory), (await readPlan(directory)).rows));
  }
  const isGood = ({ record }: { readonly record: RecordJson }): boolean =>
    record.status === "success" && record.flags.every(({ severity }) => severity !== "error");
  const good = keyed.filter(isGood);
  if (good.length === 0 && keyed.length > 0) {
    const message = `expected a run to compare, found none: all ${keyed.length} failed, are suspect or carry a flag that is an error; ea show ID and ea report say which`;
    throw configError([{ file: undefined, path: "", message }]);
  }
  const records = good.map(({ record }) => record);
  const { name, goal } = metricRequest(flags.metric ?? metricOf(records));
  const drop = dropRequest(flags["max-drop"] ?? "1pp");
  const basis = costBasis(records);
  const found = tradeOff(byConfiguration(good), { basis, metric: name, goal });
  if (!found) {
    const names = [...new Set(records.flatMap(({ performance_metrics: metrics }) => Object.keys(metrics)))];
    const message = `expected a metric of successful runs, found "${name}"${suggestion(name, names)}`;
    throw configError([{ file: undefined, path: "--metric", message }]);
  }
  const chosen = cheapestWithin(found, drop, goal);
  const leftOut = keyed.length - good.length;
  if (flags.json) terminal.out(`${JSON.stringify(document(found, chosen), undefined, 2)}\n`);
  else terminal.out(bestText({ found, chosen, basis, metric: name, goal, drop, leftOut, sessions }));
  return EXIT.ok;

  function document({ points, front, best: top }: TradeOff, choice: TradeOffPoint): Record<string, unknown> {
    const common = { metric: name, goal, drop, basis, basis_text: basisText(basis), left_out: leftOut };
    return {
      ...common,
      best: pointJson(top),
      chosen: pointJson(choice),
      front: front.map(pointJson),
      configurations: points.length,
    };
  }
}

function pointJson({ configuration, cost, metric }: TradeOffPoint): Record<string, unknown> {
  const { repository, model, label, key, records } = configuration;
  return { repository, model, label, key, cost, metric, experiment_ids: records.map((each) => each.experiment_id) };
}

/** The metric that most runs have. */
function metricOf(records: readonly RecordJson[]): string {
  const name = commonMetric(records);
  if (name !== undefined) return name;
  throw configError([{ file: undefined, path: "", message: "expected a successful run with a metric, found none" }]);
}
