import { type MetricPattern, scanLog } from "@ea/metrics-parser";
import { describe, expect, it, test } from "vitest";
import { fatalPatterns } from "../src/failure-patterns.ts";
import { type Evidence, judge, type Verdict } from "../src/judge.ts";

const SIMPLE = { accuracy: "accuracy: (\\S+)", loss: "loss: (\\S+)" };

async function verdict({
  log = "accuracy: 0.9\nloss: 0.1\n",
  metrics = SIMPLE,
  exit = {},
  implausible,
}: {
  readonly log?: string;
  readonly metrics?: Readonly<Record<string, MetricPattern>>;
  readonly exit?: Partial<Evidence["exit"]>;
  readonly implausible?: string;
}): Promise<Verdict> {
  return judge({
    exit: { exitCode: 0, signal: undefined, endedBy: undefined, spawnError: undefined, ...exit },
    log: await scanLog(log, { metrics, fatal: fatalPatterns(undefined) }),
    timeoutSeconds: 60,
    stallSeconds: 1800,
    implausible,
  });
}

test("a clean exit with its metrics is a success", async () => {
  expect(await verdict({})).toEqual({
    status: "success",
    failureClass: undefined,
    errorMessage: "",
    metrics: { accuracy: 0.9, loss: 0.1 },
    flags: [],
  });
});

test("without patterns nothing is required", async () => {
  expect(await verdict({ log: "", metrics: {} })).toMatchObject({ status: "success", metrics: {} });
});

test.each<[string, Parameters<typeof verdict>[0], string]>([
  [
    "spawn",
    { exit: { exitCode: undefined, spawnError: new Error("no such file") } },
    "the training could not be started: no such file",
  ],
  ["interrupted", { exit: { endedBy: "interrupt" } }, "interrupted by the user"],
  ["timeout", { exit: { endedBy: "timeout" } }, "not finished after 60 s"],
  ["stalled", { exit: { endedBy: "stall" } }, "no output and no CPU time for 1800 s"],
  ["oom", { log: "accuracy: 0.9\nMemoryError\n" }, "out of memory; line 2 of the log: MemoryError"],
  ["signal", { exit: { exitCode: undefined, signal: "SIGSEGV" } }, "killed by SIGSEGV"],
  ["crash", { exit: { exitCode: 3 }, log: "" }, "exit code 3; the log is empty"],
  [
    "crash",
    { exit: { exitCode: 1 }, log: "ImportError: no torch\n" },
    "exit code 1; the log ends with: ImportError: no torch",
  ],
  [
    "crash",
    { log: "accuracy: 0.9\nTraceback (most recent call last):\n" },
    "exit code 0, but line 2 of the log: Traceback (most recent call last):",
  ],
  ["nan", { log: "accuracy: 0.9\nloss: nan\n" }, "metric loss is nan (line 2 of the log)"],
  ["no-metric", { log: "nothing\n" }, "none of the metrics was found in the log: accuracy, loss"],
])("%s: %j", async (failureClass, evidence, errorMessage) => {
  expect(await verdict(evidence)).toMatchObject({ status: "failed", failureClass, errorMessage });
});

test("of several failure classes the first in the order of the classes is told", async () => {
  const everything = {
    log: "MemoryError\nTraceback (most recent call last):\nloss: nan\n",
    exit: { exitCode: 1, signal: "SIGKILL", endedBy: "interrupt", spawnError: new Error("x") },
  } as const;
  const classes: (string | undefined)[] = [];
  let { exit, log }: { exit: Partial<Evidence["exit"]>; log: string } = everything;
  const next = async (): Promise<void> => {
    classes.push((await verdict({ exit, log })).failureClass);
  };
  await next();
  exit = { ...exit, spawnError: undefined };
  await next();
  exit = { ...exit, endedBy: "timeout" };
  await next();
  exit = { ...exit, endedBy: undefined };
  await next();
  log = log.replace("MemoryError\n", "");
  await next();
  exit = { ...exit, signal: undefined };
  await next();
  exit = { ...exit, exitCode: 0 };
  await next();
  log = "loss: nan\n";
  await next();
  log = "";
  await next();
  expect(classes).toEqual(["spawn", "interrupted", "timeout", "oom", "signal", "crash", "crash", "nan", "no-metric"]);
});

test("train error: 0.79 is no failure", async () => {
  expect(await verdict({ log: "train error: 0.79\nError: 3\naccuracy: 0.9\nloss: 1\n" })).toMatchObject({
    status: "success",
  });
});

describe("metrics in the original's form", () => {
  it("need one match; each other one is a warning", async () => {
    expect(await verdict({ log: "loss: 0.5\n" })).toMatchObject({
      status: "success",
      metrics: { loss: 0.5 },
      flags: [
        {
          code: "metric-missing",
          severity: "warning",
          message: "metric accuracy: its pattern matched nothing",
          evidence: { metric: "accuracy", line: null, text: null },
        },
      ],
    });
  });

  it("do not count as found when they are no numbers", async () => {
    const result = await verdict({ log: "loss: high\n" });
    expect(result).toMatchObject({ status: "failed", failureClass: "no-metric", metrics: {} });
    expect(result.flags.map(({ code }) => code)).toEqual(["metric-missing", "metric-not-a-number"]);
  });
});

describe("metrics in the rich form", () => {
  const rich = (fields: object) => ({ accuracy: { pattern: "accuracy: (\\S+)", ...fields }, loss: "loss: (\\S+)" });

  it("are required unless they say otherwise", async () => {
    const log = "loss: 0.5\n";
    expect(await verdict({ log, metrics: rich({}) })).toMatchObject({
      failureClass: "no-metric",
      errorMessage: "required metric accuracy: its pattern matched nothing",
    });
    expect(await verdict({ log, metrics: rich({ required: false }) })).toMatchObject({ status: "success" });
  });

  it("do not stand in for one of the original's form", async () => {
    const metrics = rich({ required: false });
    expect(await verdict({ log: "accuracy: 0.9\n", metrics })).toMatchObject({ failureClass: "no-metric" });
  });

  it("that are out of range are no success and no metric", async () => {
    const metrics = rich({ range: [0, 1] });
    expect(await verdict({ log: "accuracy: 97\nloss: 1\n", metrics })).toMatchObject({
      failureClass: "no-metric",
      errorMessage: "required metric accuracy: 97 is out of range (line 1 of the log)",
      metrics: { loss: 1 },
      flags: [{ code: "metric-out-of-range" }],
    });
  });

  it("that are not required may be nan, which is a warning", async () => {
    const metrics = rich({ required: false });
    expect(await verdict({ log: "accuracy: nan\nloss: 1\n", metrics })).toMatchObject({
      status: "success",
      metrics: { loss: 1 },
      flags: [{ code: "metric-not-finite" }],
    });
  });

  it("alone and not required, require nothing", async () => {
    const metrics = { accuracy: { pattern: "accuracy: (\\S+)", required: false } };
    expect(await verdict({ log: "", metrics })).toMatchObject({ status: "success" });
  });
});

test("implausible work is suspect and keeps its metrics", async () => {
  expect(await verdict({ implausible: "it took 0.1 s" })).toMatchObject({
    status: "suspect",
    failureClass: undefined,
    errorMessage: "it took 0.1 s",
    metrics: { accuracy: 0.9 },
    flags: [{ code: "implausible", severity: "error", message: "it took 0.1 s" }],
  });
});

test("a failure is a failure, however implausible", async () => {
  expect(await verdict({ implausible: "x", exit: { exitCode: 1 } })).toMatchObject({ status: "failed" });
});

test("a metric found before a crash is kept", async () => {
  expect(await verdict({ exit: { exitCode: 1 } })).toMatchObject({ status: "failed", metrics: { accuracy: 0.9 } });
});

describe("metrics of which any one is enough", () => {
  const any = { a: { pattern: "a: (\\S+)", required: "any" }, b: { pattern: "b: (\\S+)", required: "any" } } as const;

  it("are a success with one, and the others are no warning", async () => {
    expect(await verdict({ log: "b: 1\n", metrics: any })).toMatchObject({
      status: "success",
      metrics: { b: 1 },
      flags: [],
    });
  });

  it("are no success with none", async () => {
    expect(await verdict({ log: "x\n", metrics: any })).toMatchObject({
      failureClass: "no-metric",
      errorMessage: "none of the metrics was found in the log: a, b",
    });
  });

  it("are enough together with those of the original's form", async () => {
    expect(await verdict({ log: "loss: 1\n", metrics: { ...SIMPLE, ...any } })).toMatchObject({ status: "success" });
  });
});

describe("what a metric is printed as", () => {
  it.each([
    ["accuracy: 4396/5000\n", "accuracy: (\\d+)", "success", "metric-count", "warning"],
    ["accuracy: 4396/5000\n", { pattern: "accuracy: (\\d+)" }, "failed", "metric-count", "warning"],
    ["accuracy: 95%\n", "accuracy: (\\d+)", "success", "metric-percent", "info"],
    [
      "accuracy: 1\naccuracy: nan\naccuracy: 2\n",
      { pattern: "accuracy: ([0-9]+)", aggregation: "max" },
      "success",
      "metric-some-not-finite",
      "warning",
    ],
  ] as const)("%j with %j is told", async (log, accuracy, status, code, severity) => {
    expect(await verdict({ log, metrics: { accuracy } })).toMatchObject({ status, flags: [{ code, severity }] });
  });

  it("is no news as a ratio or a fraction", async () => {
    const metrics = {
      ratio: { pattern: "accuracy: (\\d+)/(\\d+)", as: "ratio" },
      fraction: { pattern: "\\((\\d+)%", as: "percent" },
    } as const;
    expect(await verdict({ log: "accuracy: 1/2 (50%)\n", metrics })).toMatchObject({
      metrics: { ratio: 0.5, fraction: 0.5 },
      flags: [],
    });
  });
});

test("a required metric whose pattern was given up is no success, and says so", async () => {
  const metrics = { accuracy: { pattern: "accuracy: (\\d)" } };
  const log = await scanLog("x", { metrics });
  const [metric] = log.metrics;
  if (metric === undefined) throw new Error("no metric");
  const slow = {
    ...log,
    metrics: [{ ...metric, outcome: "too-slow" as const, hint: "mend it" }],
    fatalGivenUp: ["crash"],
  };
  const exit = { exitCode: 0, signal: undefined, endedBy: undefined, spawnError: undefined };
  expect(judge({ exit, log: slow, timeoutSeconds: 1, stallSeconds: 1, implausible: undefined })).toMatchObject({
    failureClass: "no-metric",
    errorMessage: "required metric accuracy: its pattern took too long on this log and was given up; mend it",
    flags: [{ code: "metric-too-slow" }, { code: "fatal-pattern-too-slow" }],
  });
});

test("lines that were read as GB18030 are told, though nothing is missing", async () => {
  const log = await scanLog([Buffer.from([0xb2, 0xe2]), "loss: 1\naccuracy: 1\n"], { metrics: SIMPLE });
  const exit = { exitCode: 0, signal: undefined, endedBy: undefined, spawnError: undefined };
  const { flags } = judge({ exit, log, timeoutSeconds: 1, stallSeconds: 1, implausible: undefined });
  const evidence = { name: "utf-8", gb18030_lines: 1, unreadable: 0 };
  expect(flags).toMatchObject([{ code: "metric-log-encoding", severity: "info", evidence }]);
});

test("bytes that are no text are told when a metric is missing", async () => {
  const log = await scanLog([Buffer.from([0xb2, 0xff])], { metrics: SIMPLE });
  const exit = { exitCode: 0, signal: undefined, endedBy: undefined, spawnError: undefined };
  const { flags } = judge({ exit, log, timeoutSeconds: 1, stallSeconds: 1, implausible: undefined });
  expect(flags.map(({ code }) => code)).toEqual(["metric-missing", "metric-missing", "metric-log-encoding"]);
});
