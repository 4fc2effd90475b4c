import { mkdir, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { AttemptJson } from "@ea/records";
import { describe, expect, it, test } from "vitest";
import { type FinishedAttempt, runAttempt } from "../src/attempt.ts";
import type { RowRequest } from "../src/run-row.ts";
import { meter, metering, packageJoules } from "./meters.ts";
import { tagged, untilWritten } from "./processes.ts";
import { attemptRequest, GOOD, newProject, readJson, rowRequest } from "./projects.ts";

/** Makes the first attempt of a project with this script. */
async function attempt(
  script: string,
  fields: Partial<RowRequest> = {},
  config: Readonly<Record<string, unknown>> = {},
): Promise<FinishedAttempt & { readonly log: string }> {
  const request = await prepareAttempt(script, fields, config);
  const finished = await runAttempt(request);
  return { ...finished, log: await readFile(join(finished.directory, "training.log"), "utf8").catch(() => "") };
}

async function prepareAttempt(
  script: string,
  fields: Partial<RowRequest> = {},
  config: Readonly<Record<string, unknown>> = {},
) {
  const request = await rowRequest(await newProject(script, config), {}, fields);
  await mkdir(request.rowDirectory);
  return attemptRequest(request);
}

/** What is left of the only attempt of a request. */
function livingOf(request: RowRequest | ReturnType<typeof attemptRequest>): readonly number[] {
  return tagged({ name: "EARUN_ATTEMPT", value: `${request.tag}.0.1` });
}

test("an attempt leaves its record beside its log", async () => {
  const { attempt: result, directory, log, spawnError } = await attempt(GOOD);
  expect(result).toMatchObject({
    attempt: 1,
    status: "success",
    failureClass: undefined,
    exitCode: 0,
    performanceMetrics: { accuracy: 0.9 },
    flags: [],
  });
  expect(spawnError).toBeUndefined();
  expect(log).toBe("accuracy: 0.9\n");
  expect((await readdir(directory)).sort()).toEqual(["attempt.json", "training.log"]);
  expect(AttemptJson.parse(await readJson(join(directory, "attempt.json")))).toMatchObject({
    status: "success",
    failure_class: null,
    performance_metrics: { accuracy: 0.9 },
  });
});

test("a training that says it has got another value is flagged, and one that failed need not say any", async () => {
  const echo = { echo_patterns: { epochs: "epochs=(\\d+)" } };
  const codes = (flags: readonly { readonly code: string }[]) => flags.map(({ code }) => code);
  const differing = await attempt(`echo epochs=999; ${GOOD}`, {}, echo);
  expect(differing.attempt).toMatchObject({ status: "success", performanceMetrics: { accuracy: 0.9 } });
  expect(codes(differing.attempt.flags)).toContain("parameter-differs");
  expect(codes((await attempt(GOOD, {}, echo)).attempt.flags)).toContain("parameter-not-echoed");
  expect(codes((await attempt("exit 1", {}, echo)).attempt.flags)).not.toContain("parameter-not-echoed");
});

test("the training gets the planned arguments, and knows which run it is", async () => {
  const request = await prepareAttempt(`echo "$@"; env | grep ^EARUN_ | sort; pwd; ${GOOD}`);
  const { attempt: result, directory } = await runAttempt(request);
  const log = await readFile(join(directory, "training.log"), "utf8");
  expect(result.command).toEqual([request.script.script, ...request.row.argv.slice(1)]);
  expect(log.split("\n")).toEqual([
    request.row.argv.slice(1).join(" "),
    `EARUN_ATTEMPT=${request.tag}.0.1`,
    `EARUN_ATTEMPT_DIRECTORY=${directory}`,
    "EARUN_ATTEMPT_NUMBER=1",
    `EARUN_EXPERIMENT_ID=${request.row.experimentId}`,
    "EARUN_REPETITION=0",
    "EARUN_ROW=0",
    `EARUN_ROW_DIRECTORY=${request.rowDirectory}`,
    `EARUN_SESSION_DIRECTORY=${request.sessionDirectory}`,
    request.script.workingDirectory,
    "accuracy: 0.9",
    "",
  ]);
});

test("a script that is not executable is run by its interpreter", async () => {
  const request = await prepareAttempt("");
  const script = { ...request.script, interpreter: ["/bin/sh", "-c", "echo accuracy: 0.5; exit 0"] };
  const { attempt: result } = await runAttempt({ ...request, script });
  expect(result).toMatchObject({ performanceMetrics: { accuracy: 0.5 } });
  expect(result.command.slice(0, 4)).toEqual([...script.interpreter, script.script]);
});

test("a training that cannot be started is an attempt, with the reason", async () => {
  const { attempt: result, spawnError } = await attempt("", {
    script: { workingDirectory: "/", script: "/nowhere/train", interpreter: [], variables: {} },
  });
  expect(result).toMatchObject({ status: "failed", failureClass: "spawn", exitCode: undefined });
  expect(spawnError).toMatchObject({ code: "ENOENT" });
});

test("the energies and costs of the meters are in the record", async () => {
  const { attempt: result } = await attempt(GOOD, { meters: [meter()] });
  expect(result).toMatchObject({
    energy: [packageJoules(5)],
    energyMetrics: { cpuEnergyPkgJoules: 5, cpuEnergyTotalJoules: null },
    meterCpuSeconds: { "made-up": 0.25 },
  });
});

test("a failed attempt has its energy too", async () => {
  const { attempt: result } = await attempt("exit 3", { meters: [meter()] });
  expect(result).toMatchObject({ failureClass: "crash", exitCode: 3, energy: [packageJoules(5)] });
});

test("work that is too little is suspect", async () => {
  const { attempt: result } = await attempt(GOOD, {}, { min_duration_seconds: 3600 });
  expect(result).toMatchObject({ status: "suspect", flags: [{ code: "implausible" }] });
});

describe("the log", () => {
  it("is appended to by whoever opens it again", async () => {
    const { log } = await attempt(`echo one; echo two >> /dev/stderr; ${GOOD}`);
    expect(log).toBe("one\ntwo\naccuracy: 0.9\n");
  });

  it("is read even when the training removes it", async () => {
    const { attempt: result, log } = await attempt(`rm "$EARUN_ATTEMPT_DIRECTORY/training.log"; ${GOOD}`);
    expect(result).toMatchObject({ status: "success", performanceMetrics: { accuracy: 0.9 } });
    expect(log).toBe("");
  });

  it("may be empty", async () => {
    expect((await attempt("exit 0")).attempt).toMatchObject({ failureClass: "no-metric" });
  });
});

describe("processes that outlive the training", () => {
  it("are ended, and the run is flagged", async () => {
    const request = await prepareAttempt(`sleep 1000 & sleep 1000 & ${GOOD}`);
    const { attempt: result } = await runAttempt(request);
    expect(result).toMatchObject({
      status: "success",
      flags: [
        {
          code: "leftover-processes",
          severity: "warning",
          message: "2 processes outlived the training and were ended",
          evidence: { processes: 2 },
        },
      ],
    });
    expect(livingOf(request)).toEqual([]);
  });

  it("are no flag when the training was ended by us", async () => {
    const stopping = new AbortController();
    const request = await prepareAttempt("sleep 1000 & echo accuracy: 0.9; echo ready; sleep 1000", {
      signal: stopping.signal,
    });
    const running = runAttempt(request);
    await untilWritten(join(request.rowDirectory, "attempt_1/training.log"));
    stopping.abort();
    const { attempt: result } = await running;
    expect(result).toMatchObject({ failureClass: "interrupted", flags: [] });
    expect(livingOf(request)).toEqual([]);
  });
});

describe("when something goes wrong around the training", () => {
  const orphan =
    "setsid sh -c \"trap '' TERM; echo > started; exec sleep 1000\" & while [ ! -e started ]; do sleep 0.01; done";

  it("a meter that cannot start lets nothing start", async () => {
    const request = await prepareAttempt("echo > started");
    const meters = [meter({ start: () => Promise.reject(new Error("no sensor")) })];
    await expect(runAttempt({ ...request, meters })).rejects.toThrow("no sensor");
    expect(await readdir(request.script.workingDirectory)).toEqual(["train.sh"]);
  });

  it("a meter that cannot stop leaves no process of the training behind", async () => {
    const request = await prepareAttempt(`${orphan}; ${GOOD}`);
    const meters = [meter({ start: () => Promise.resolve(metering(() => Promise.reject(new Error("disk full")))) })];
    await expect(runAttempt({ ...request, meters })).rejects.toThrow("disk full");
    expect(livingOf(request)).toEqual([]);
  });

  it("a record that cannot be written leaves no process of the training behind", async () => {
    const request = await prepareAttempt(`${orphan}; rm -r "$EARUN_ATTEMPT_DIRECTORY"; ${GOOD}`);
    await expect(runAttempt(request)).rejects.toMatchObject({ code: "ENOENT" });
    expect(livingOf(request)).toEqual([]);
  });

  it("an attempt that was made already is not made again, and keeps its files", async () => {
    const request = await prepareAttempt("echo > started");
    await runAttempt(request);
    const log = join(request.rowDirectory, "attempt_1/training.log");
    const before = await readFile(log, "utf8");
    await expect(runAttempt(request)).rejects.toMatchObject({ code: "STARTED_TWICE" });
    expect(await readFile(log, "utf8")).toBe(before);
  });

  it("meters are stopped when the training cannot even be tried", async () => {
    let stops = 0;
    const stop = () => {
      stops += 1;
      return Promise.resolve([]);
    };
    const request = await prepareAttempt("");
    const meters = [meter({ start: () => Promise.resolve(metering(stop)) })];
    await runAttempt({ ...request, meters, script: { ...request.script, script: "/nowhere" } });
    expect(stops).toBe(1);
  });
});

test("no attempt leaves an open file", async () => {
  const request = await prepareAttempt(GOOD);
  await runAttempt(request);
  const open = await readdir("/proc/self/fd");
  const targets = await Promise.all(open.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")));
  expect(targets.filter((target) => target.startsWith(request.rowDirectory))).toEqual([]);
});

test("a partial energy is flagged: the metrics alone would not tell", async () => {
  const partial = {
    ...packageJoules(5),
    quality: "partial",
    reason: "perf covered 1.0 of 10.0 s",
    coverage: 0.1,
  } as const;
  const meters = [meter({ start: () => Promise.resolve(metering(() => Promise.resolve([partial]))) })];
  const { attempt: result } = await attempt(GOOD, { meters });
  expect(result.energyMetrics.cpuEnergyPkgJoules).toBe(5);
  expect(result.flags).toEqual([
    {
      code: "energy-partial",
      severity: "error",
      message: "cpu_package is not the energy of the whole run: perf covered 1.0 of 10.0 s",
      evidence: { name: "cpu_package", device: null, value: 5, coverage: 0.1 },
    },
  ]);
});
