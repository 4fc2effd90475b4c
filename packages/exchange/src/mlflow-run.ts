import { createHash } from "node:crypto";
import { cutText } from "./cut-text.ts";
import type { RunFacts } from "./run-facts.ts";

/** A named text of MLflow. */
interface KeyValue {
  readonly key: string;
  readonly value: string;
}

/** A point of a metric of MLflow. */
interface MetricPoint {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** A run as MLflow's REST API takes it. */
export interface MlflowRun {
  /** Value of the tag `ea.run_id`. */
  readonly id: string;
  /** Value of the tag `ea.digest`, which is set last: equal digest, same content, and all of it there. */
  readonly digest: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly status: "FINISHED" | "FAILED";
  readonly params: readonly KeyValue[];
  readonly metrics: readonly MetricPoint[];
  readonly tags: readonly KeyValue[];
}

const LONGEST_KEY = 240;
const LONGEST_PARAM = 500;
const LONGEST_TAG = 4900;

/**
 * A run in MLflow's words. Names that MLflow refuses are written with `_` and a hash, with the name itself in the tag
 * `ea.name.<key>`; texts beyond its limits are cut and end in `…`.
 */
export function mlflowRun(facts: RunFacts): MlflowRun {
  const renamed = new Map<string, string>();
  const keyOf = (name: string): string => {
    const key = mlflowKey(name);
    if (key !== name) renamed.set(key, name);
    return key;
  };
  const params = Object.entries(facts.parameters).map(([name, value]) => ({
    key: keyOf(name),
    value: cutText(String(value), LONGEST_PARAM),
  }));
  const metrics = [
    ...Object.entries(facts.metrics).map(([name, value]) => ({
      key: keyOf(name),
      value,
      timestamp: Math.round(facts.endMs),
      step: 0,
    })),
    ...Object.entries(facts.series).flatMap(([name, points]) =>
      points.map(({ step, value }) => ({
        key: keyOf(`series/${name}`),
        value,
        timestamp: Math.round(facts.endMs),
        step,
      })),
    ),
  ];
  const tags = [
    ...Object.entries(facts.tags).map(([name, text]) => ({ key: `ea.${name}`, value: cutText(text, LONGEST_TAG) })),
    ...[...renamed].map(([key, name]) => ({ key: cutText(`ea.name.${key}`, 250), value: cutText(name, LONGEST_TAG) })),
    { key: "ea.experiment_id", value: cutText(facts.id, LONGEST_TAG) },
  ];
  return {
    id: /^[\w.-]{1,240}$/.test(facts.id) ? facts.id : hash(facts.id),
    digest: hash(JSON.stringify(facts)),
    name: cutText(facts.id, 240),
    startMs: Math.round(facts.startMs),
    endMs: Math.round(facts.endMs),
    status: facts.isSuccess ? "FINISHED" : "FAILED",
    params,
    metrics,
    tags,
  };
}

/** A name as it is where MLflow takes it for a parameter or a metric; else made of it, and different for each name. */
function mlflowKey(name: string): string {
  const isTaken = name.length <= LONGEST_KEY && /^\w[\w.\- ]*(\/\w[\w.\- ]*)*$/.test(name) && !/\.\.|\.$/.test(name);
  if (isTaken) return name;
  return `${name.slice(0, 100).replaceAll(/\W/g, "_") || "_"}_${hash(name).slice(0, 8)}`;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
