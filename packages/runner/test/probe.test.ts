import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { type ProbeRequest, probe } from "../src/probe.ts";
import { hyperparameters } from "./examples.ts";
import { newProject } from "./projects.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const request = (project: string, fields: Partial<ProbeRequest> = {}): ProbeRequest => ({
  project,
  configFile: join(project, "models.json"),
  repository: "mine",
  model: "mlp",
  timeoutSeconds: 60,
  environment: { PATH: process.env["PATH"] },
  tag: "probe-test",
  ...fields,
});

/** A training with `$epochs`, `$lr`, `$seed` of its flags. */
const READS = `while [ $# -gt 0 ]; do case $1 in --epochs) epochs=$2;; --lr) lr=$2;; --seed) seed=$2;; esac; shift; done`;

const verdicts = async (script: string, fields: Readonly<Record<string, unknown>> = {}) => {
  const { parameters } = await probe(request(await newProject(script, fields)));
  return Object.fromEntries(parameters.map(({ name, verdict, evidence }) => [name, [verdict, evidence]]));
};

test("tells what changes a metric or a line from what is only printed or ignored", async () => {
  const script = `${READS}\necho "lr=$lr seed=$seed"\necho accuracy: 0.$epochs\necho "seed of the shuffle: \${seed}1"`;
  expect(await verdicts(script)).toEqual({
    epochs: ["effective", "accuracy 0.6 instead of 0.5"],
    learning_rate: ["no effect seen", "it prints the value, and all else stays the same"],
    seed: [
      "effective",
      expect.stringMatching(/^it prints "seed of the shuffle: \d+1" instead of "seed of the shuffle: 421"$/),
    ],
  });
  expect(await verdicts("echo accuracy: 0.9; date +%s%N | sed 's/^/elapsed /'")).toEqual(
    Object.fromEntries(Object.keys(hyperparameters).map((name) => [name, ["no effect seen", "it prints the same"]])),
  );
});

test("a value that never arrives is named with the line that says so", async () => {
  const script = `${READS}\necho "got learning_rate=0.02"\necho accuracy: 0.$epochs$seed`;
  const found = await verdicts(script, { echo_patterns: { learning_rate: "learning_rate=(\\S+)" } });
  expect(found).toMatchObject({
    learning_rate: ["no effect seen", expect.stringMatching(/has got learning_rate = 0.02 \(line 1 of the log\)/)],
  });
});

test("a flag that the script refuses is named with its words", async () => {
  const script = `${READS}\nif [ "$seed" != 42 ]; then echo unknown option --seed >&2; exit 2; fi; echo accuracy: 0.$epochs`;
  expect((await verdicts(script))["seed"]).toEqual(["fails", "exit code 2; the log ends with: unknown option --seed"]);
});

test("where the same training twice differs, only what does not differ by itself tells", async () => {
  const script = `${READS}\necho steps $epochs\necho accuracy: 0.$(date +%N)`;
  const found = await verdicts(script);
  expect(found["learning_rate"]).toEqual([
    "undetermined",
    expect.stringContaining("the same training twice differs as well: accuracy 0."),
  ]);
  expect(found["epochs"]?.[0]).toBe("undetermined");
  expect((await verdicts(`${script}\necho again $epochs of \${epochs}0`))["epochs"]?.[0]).toBe("effective");
});

test("defaults that cannot be trained end it after one training", async () => {
  const findings = await probe(request(await newProject("echo no data >&2; exit 1")));
  expect(findings).toEqual({
    repository: "mine",
    model: "mlp",
    trainings: 1,
    problem: "exit code 1; the log ends with: no data",
    parameters: [],
  });
});

test("an unknown model is refused before anything is trained", async () => {
  const project = await newProject("touch trained");
  await expect(probe(request(project, { model: "mpl" }))).rejects.toMatchObject({ code: "CONFIG" });
  expect(await readdir(join(project, "training"))).toEqual(["train.sh"]);
});

test("a timeout and an abort end the training and leave nothing", async () => {
  const project = await newProject(`${READS}\nif [ "$seed" = 42 ]; then echo accuracy: 0.5; else sleep 1000; fi`);
  const { parameters } = await probe(request(project, { timeoutSeconds: 1 }));
  expect(parameters.at(-1)).toMatchObject({
    name: "seed",
    verdict: "undetermined",
    evidence: "not finished after 1 s",
  });

  await put(join(project, "training/train.sh"), "#!/bin/sh\nsleep 1000\n", 0o755);
  const temporary = await temporaryDirectory();
  vi.stubEnv("TMPDIR", temporary);
  const stop = new AbortController();
  const reason = new Error("stop");
  const probing = probe(
    request(project, { signal: stop.signal, onTraining: () => setTimeout(() => stop.abort(reason), 50) }),
  );
  await expect(probing).rejects.toBe(reason);
  expect(await readdir(temporary)).toEqual([]);
});
