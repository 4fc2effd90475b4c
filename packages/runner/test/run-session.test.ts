import { getEventListeners } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readRecords } from "@ea/records";
import { describe, expect, it, test } from "vitest";
import { prepareSession } from "../src/prepare-session.ts";
import { runSession } from "../src/run-session.ts";
import { meter, metering } from "./meters.ts";
import { untilWritten } from "./processes.ts";
import { GOOD, newProject, readJson, run, sessionOptions, sessionRequest } from "./projects.ts";
import { put } from "./temporary.ts";

test("every planned row has its record, in the order of the plan, and the summary its line", async () => {
  const { result, events } = await run(await newProject(GOOD), { runs: 3 });
  expect(result).toMatchObject({ planned: 3, completed: 3, failed: 0, suspect: 0, isInterrupted: false });
  expect(result.directory).toMatch(/results\/20261123_174723_mine_mlp$/);
  const records = await readRecords(result.directory);
  expect(records.map(({ row }) => row)).toEqual([0, 1, 2]);
  expect(result.records.map((path) => dirname(path).split("/").at(-1))).toEqual(
    records.map(({ experiment_id: id }) => id.replace("20261123_174723_mine_mlp_", "")),
  );
  expect((await readFile(result.summary ?? "", "utf8")).trimEnd().split("\n")).toHaveLength(4);
  expect([events[0]?.type, events.at(-1)]).toEqual(["session-started", { type: "session-finished", result }]);
});

test("each training gets the values of its row", async () => {
  const { result } = await run(await newProject(`echo "$@"; ${GOOD}`), { runs: 3 });
  for (const { experiment_id: id, hyperparameters } of await readRecords(result.directory)) {
    const log = join(result.directory, id.replace(`${result.session}_`, ""), "attempt_1/training.log");
    const { epochs } = hyperparameters;
    expect(await readFile(log, "utf8")).toContain(`--model mlp --epochs ${epochs} --lr 0.01 --seed 42`);
  }
});

test("the plan is complete before the first training starts", async () => {
  const script = 'ls "$EARUN_SESSION_DIRECTORY"; wc -l < "$EARUN_SESSION_DIRECTORY/rows.jsonl"';
  const { result } = await run(await newProject(`${script}; ${GOOD}`), { runs: 2 });
  const [first = ""] = result.records;
  const log = await readFile(join(dirname(first), "attempt_1/training.log"), "utf8");
  expect(log.split("\n").filter((line) => /^(plan.json|rows.jsonl|\d+)$/.test(line))).toEqual([
    "plan.json",
    "rows.jsonl",
    "2",
  ]);
  expect(await readJson(join(result.directory, "plan.json"))).toMatchObject({ seed: "42", planned: 2 });
});

test("a second session of the same second has a name, and ids, of its own", async () => {
  const project = await newProject(GOOD);
  await run(project);
  const { result } = await run(project);
  expect(result.session).toBe("20261123_174723_mine_mlp_2");
  const [record] = await readRecords(result.directory);
  expect(record?.experiment_id).toMatch(/^20261123_174723_mine_mlp_2_000_/);
  expect(await readdir(join(project, "results"))).toHaveLength(2);
});

test("failed and suspect rows are counted, and the session goes on", async () => {
  const script = `case $EARUN_ROW in 0) exit 1;; 1) kill -KILL $$;; esac; ${GOOD}`;
  const { result } = await run(await newProject(script), { runs: 4, maxRetries: 0 });
  expect(result).toMatchObject({ planned: 4, completed: 2, failed: 2, isInterrupted: false });
  expect(result.records).toHaveLength(4);
});

test("three fast failures in a row end the session, and the rest can be resumed", async () => {
  const { result, events } = await run(await newProject("exit 1"), { runs: 5, maxRetries: 0 });
  expect(result).toMatchObject({ planned: 5, failed: 3, isInterrupted: false });
  expect(events).toContainEqual({
    type: "warning",
    code: "stopped",
    message: expect.stringMatching(/^Stopped before row 3: 3 runs in a row failed within 10 s each/),
  });
});

test("a budget of joules that nothing here could count is refused", async () => {
  await expect(run(await newProject(GOOD), { maxJoules: 100 })).rejects.toMatchObject({ code: "NOT_FIT" });
});

test("when the budget of joules is used up, no other row starts", async () => {
  const meters = [meter()];
  const { result } = await run(await newProject(GOOD), { runs: 3, maxJoules: 8 }, { meters });
  expect(result).toMatchObject({ planned: 3, completed: 2 });
});

test("a run far shorter than five earlier ones of its model is suspect", async () => {
  const script = `[ "$EARUN_ROW" = 5 ] || sleep 1.5; ${GOOD}`;
  const { result } = await run(
    await newProject(script),
    {},
    { experiment: { mode: "default", mutate: undefined, runs_per_config: 6 } },
  );
  expect(result).toMatchObject({ completed: 5, suspect: 1 });
});

describe("sleeps", () => {
  const twoExperiments = async (overrides: object) => {
    const project = await newProject(`case $EARUN_ROW in 1) exit 1;; esac; ${GOOD}`);
    await put(join(project, "e.json"), {
      order: "config",
      max_retries: 1,
      experiments: [
        { repo: "mine", model: "mlp", mode: "default", runs_per_config: 2 },
        { repo: "mine", model: "cnn", mode: "default" },
      ],
    });
    const { options, clock, events } = sessionOptions(project);
    const request = sessionRequest(project, { experiment: undefined, experimentFile: "e.json", overrides });
    await runSession(await prepareSession(request), options);
    const reasons = events.flatMap((event) => (event.type === "sleeping" ? [event.reason] : []));
    return { slept: clock.slept, reasons };
  };

  it("are 60 s between runs, 30 s before a retry, 120 s between configurations, and none at either end", async () => {
    expect(await twoExperiments({ gate: "off" })).toEqual({
      slept: [60, 30, 120],
      reasons: ["run", "retry", "configuration"],
    });
  });

  it("are as long as asked for, and left out when they are 0 or switched off", async () => {
    const seconds = { runSleepSeconds: 1, retrySleepSeconds: 0, configSleepSeconds: 3 };
    expect((await twoExperiments({ gate: "off", ...seconds })).slept).toEqual([1, 3]);
    expect((await twoExperiments({ gate: "off", sleep: false })).slept).toEqual([]);
  });
});

test("fail fast: the first row that does not succeed is the last", async () => {
  const script = `case $EARUN_ROW in 1) exit 1;; esac; ${GOOD}`;
  const { result } = await run(await newProject(script), { runs: 4, maxRetries: 0, failFast: true });
  expect(result).toMatchObject({ planned: 4, completed: 1, failed: 1, isInterrupted: false });
  expect(result.records).toHaveLength(2);
});

describe("an interrupted session", () => {
  it("ends its training, starts no other, and has the records of the rows that ended", async () => {
    const stopping = new AbortController();
    const project = await newProject(`[ "$EARUN_ROW" = 0 ] || { echo > ready; sleep 1000; }; ${GOOD}`);
    const running = run(project, { runs: 3 }, { signal: stopping.signal });
    await untilWritten(join(project, "training/ready"), "");
    stopping.abort();
    const { result, events } = await running;
    expect(result).toMatchObject({ planned: 3, completed: 1, failed: 0, isInterrupted: true });
    expect(result.records).toHaveLength(1);
    expect(events.filter(({ type }) => type === "row-started")).toHaveLength(2);
    expect(existsSync(join(result.directory, "summary.csv"))).toBe(true);
  });

  it("may be interrupted while it sleeps", async () => {
    const stopping = new AbortController();
    const { clock } = sessionOptions("");
    const sleep = () => Promise.resolve(stopping.abort());
    const fields = { signal: stopping.signal, clock: { ...clock, sleep } };
    const { result } = await run(await newProject(GOOD), { runs: 2, sleep: true }, fields);
    expect(result).toMatchObject({ completed: 1, isInterrupted: true });
  });

  it("is none when every row had ended", async () => {
    const stopping = new AbortController();
    const { result } = await run(
      await newProject(GOOD),
      {},
      {
        signal: stopping.signal,
        onEvent: ({ type }) => {
          if (type === "row-finished") stopping.abort();
        },
      },
    );
    expect(result).toMatchObject({ planned: 1, completed: 1, isInterrupted: false });
  });
});

describe("meters", () => {
  const dead = meter({
    name: "dead",
    probe: () => Promise.resolve({ name: "dead", status: "absent", provides: [], reason: "no sensor", fix: "buy one" }),
  });

  it("that provide what is required let the session start", async () => {
    const { result, events } = await run(await newProject(GOOD), { require: ["cpu"] }, { meters: [dead, meter()] });
    expect(result.completed).toBe(1);
    expect(events[0]).toMatchObject({ sources: [{ name: "dead", status: "absent" }, { status: "ready" }] });
  });

  it("that do not provide it are named, and nothing is written", async () => {
    const project = await newProject(GOOD);
    const running = run(project, { require: ["cpu", "dram"] }, { meters: [dead, meter()] });
    await expect(running).rejects.toMatchObject({
      code: "NOT_FIT",
      message: [
        "Required but not measurable here: dram",
        "  dead: absent, no sensor; try: buy one",
        "  made-up: ready, with cpu_package only",
      ].join("\n"),
    });
    expect(existsSync(join(project, "results"))).toBe(false);
  });

  it.each([
    ["start", () => Promise.reject(new Error("broken"))],
    ["stop", () => Promise.resolve(metering(() => Promise.reject(new Error("broken"))))],
  ])("that break at their %s end the session, and the records before stay", async (_, breaking) => {
    let starts = 0;
    const start = () => {
      starts += 1;
      return starts === 2 ? breaking() : Promise.resolve(metering());
    };
    const project = await newProject(GOOD);
    await expect(run(project, { runs: 3 }, { meters: [meter({ start })] })).rejects.toThrow("broken");
    expect(await readRecords(join(project, "results/20261123_174723_mine_mlp"))).toHaveLength(1);
  });
});

test("a plan's warnings are events", async () => {
  const { events } = await run(
    await newProject(GOOD, {
      supported_hyperparams: { epochs: { flag: "-e", type: "int", default: 1, range: [1, 2] } },
    }),
    { runs: 2 },
  );
  expect(events).toContainEqual({
    type: "warning",
    code: "plan",
    message: expect.stringContaining("Could only generate 1 unique mutations"),
  });
});

test("results that cannot be written are refused before anything runs", async () => {
  const project = await newProject("echo > started");
  await put(join(project, "results"), "a file");
  await expect(run(project)).rejects.toMatchObject({ code: "NOT_WRITABLE" });
  expect(existsSync(join(project, "training/started"))).toBe(false);
});

test("a session leaves no listener on its signals, however many rows it has", async () => {
  const { signal } = new AbortController();
  await run(
    await newProject(`[ "$EARUN_ATTEMPT_NUMBER" = 2 ] || exit 1; ${GOOD}`),
    { runs: 5 },
    { signal, killSignal: signal },
  );
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("the caller's environment reaches the training", async () => {
  const project = await newProject(`echo "$WANDB_MODE" > told; ${GOOD}`);
  await run(project, {}, { environment: { PATH: process.env["PATH"], WANDB_MODE: "offline" } });
  expect(readFileSync(join(project, "training/told"), "utf8")).toBe("offline\n");
});
