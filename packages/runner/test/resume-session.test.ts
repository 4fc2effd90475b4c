import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type ClaimJson, readEventLog, readPlan, readRecords, readStatus, safeName } from "@ea/records";
import { describe, expect, it, test } from "vitest";
import { rowsLeft } from "../src/ended-rows.ts";
import { rowDirectoryName } from "../src/make-plan.ts";
import { thisProcess } from "../src/process-identity.ts";
import { openSession, type ResumeRequest, resumeSession } from "../src/resume-session.ts";
import type { SessionOptions } from "../src/session-options.ts";
import type { SettingsOverrides } from "../src/settings.ts";
import { meter } from "./meters.ts";
import { newTag, startShell, tagged, until, untilWritten } from "./processes.ts";
import { GOOD, newProject, readJson, run, sessionOptions } from "./projects.ts";
import { put } from "./temporary.ts";

/** Counts its calls of each row, and does what the script says for its row. */
const counting = (script: string): string => `echo "$EARUN_ROW $EARUN_ATTEMPT_NUMBER $*" >> calls; ${script}; ${GOOD}`;
const callsOf = (project: string): readonly string[] =>
  readFileSync(join(project, "training/calls"), "utf8").trimEnd().split("\n");

const request = (directory: string, fields: Partial<ResumeRequest> = {}): ResumeRequest => ({
  directory,
  overrides: {},
  environment: {},
  toolVersion: "1.2.3",
  ...fields,
});

async function resume(project: string, fields: Partial<ResumeRequest> = {}, more: Partial<SessionOptions> = {}) {
  const directory = sessionOf(project);
  const { options, events, clock } = sessionOptions(project, more);
  const result = await resumeSession(request(directory, fields), options);
  return { result, events, slept: clock.slept, records: await readRecords(directory) };
}

const sessionOf = (project: string): string => join(project, "results/20261123_174723_mine_mlp");
async function rowDirectory(project: string, number: number): Promise<string> {
  const { rows } = await readPlan(sessionOf(project));
  const row = rows[number];
  if (!row) throw new RangeError(`no row ${number}`);
  return join(sessionOf(project), rowDirectoryName(row));
}

/** A session of three rows that was interrupted in its row 1: its training waits there for ever the first time. */
async function interrupted(script = "true", overrides: SettingsOverrides = {}) {
  const stopping = new AbortController();
  const wait = '[ "$EARUN_ROW$EARUN_ATTEMPT_NUMBER" = 11 ] && { echo > ready; sleep 1000; }';
  const project = await newProject(counting(`${wait}; ${script}`));
  const running = run(project, { runs: 3, ...overrides }, { signal: stopping.signal });
  await untilWritten(join(project, "training/ready"), "");
  stopping.abort();
  await running;
  return project;
}

describe("a session that goes on", () => {
  it("runs the rows that have not ended, with their own values, the interrupted one first", async () => {
    const project = await interrupted();
    const { plan, events, result, records } = { plan: await readPlan(sessionOf(project)), ...(await resume(project)) };
    expect(result).toMatchObject({ planned: 3, completed: 3, isInterrupted: false, directory: sessionOf(project) });
    expect(result.records).toHaveLength(3);
    const asPlanned = (row: number, attempt: number): string =>
      `${row} ${attempt} ${plan.rows[row]?.argv.slice(1).join(" ")}`;
    expect(callsOf(project)).toEqual([asPlanned(0, 1), asPlanned(1, 1), asPlanned(1, 2), asPlanned(2, 1)]);
    expect(records.map(({ hyperparameters }) => hyperparameters)).toEqual(plan.rows.map((row) => row.hyperparameters));
    expect(events[0]).toMatchObject({ type: "session-started", planned: 3, ended: 1 });
  });

  it("keeps the interrupted attempt in the record, and does not count it as a failure", async () => {
    const project = await interrupted('[ "$EARUN_ROW$EARUN_ATTEMPT_NUMBER" = 12 ] && exit 1', { maxRetries: 1 });
    const { records } = await resume(project);
    expect(records[1]).toMatchObject({
      status: "success",
      retries: 2,
      attempts: [{ failure_class: "interrupted" }, { failure_class: "crash" }, { failure_class: null }],
    });
  });

  it("that has ended runs nothing and says so", async () => {
    const project = await newProject(counting("true"));
    await run(project, { runs: 2 });
    const { result, events } = await resume(project);
    expect(result).toMatchObject({ planned: 2, completed: 2 });
    expect(callsOf(project)).toHaveLength(2);
    expect(events.map(({ type }) => type)).toEqual(["session-started", "session-finished"]);
  });

  it("keeps the settings that it was planned with, and takes new ones", async () => {
    const settings = { sleep: true, runSleepSeconds: 7 };
    expect((await resume(await interrupted("true", settings))).slept).toEqual([7]);
    expect((await resume(await interrupted("true", settings), { overrides: { runSleepSeconds: 3 } })).slept).toEqual([
      3,
    ]);
  });

  it("may have moved, together with its project", async () => {
    const project = await interrupted();
    const elsewhere = `${project}-moved`;
    renameSync(project, elsewhere);
    expect((await resume(elsewhere, { project: elsewhere })).result.completed).toBe(3);
    rmSync(elsewhere, { recursive: true });
  });

  it("compares durations with those of the rows that had ended before", async () => {
    const project = await newProject(counting('[ "$EARUN_ROW" = 5 ] || sleep 1.5'));
    const stopAfter = new AbortController();
    let ended = 0;
    const onEvent: SessionOptions["onEvent"] = ({ type }) => {
      if (type === "row-finished") ended += 1;
      if (ended === 5) stopAfter.abort();
    };
    const experiment = { mode: "default", mutate: undefined, runs_per_config: 6 } as const;
    await run(project, {}, { experiment, signal: stopAfter.signal, onEvent });
    expect((await resume(project)).result).toMatchObject({ completed: 5, suspect: 1 });
  });
});

describe("a session whose ea was killed", () => {
  /** As if it had been killed in row 1, at some moment. */
  const killed = async (damage: (row: string) => void | Promise<void>) => {
    const project = await interrupted();
    await damage(await rowDirectory(project, 1));
    return project;
  };

  it("in an attempt: it is recorded as interrupted, without energy and with the reason", async () => {
    const project = await killed((row) => rmSync(join(row, "attempt_1/attempt.json")));
    const { records } = await resume(project);
    expect(records[1]).toMatchObject({ status: "success", retries: 1 });
    expect(records[1]?.attempts[0]).toMatchObject({
      failure_class: "interrupted",
      duration_seconds: null,
      energy_metrics: { cpu_energy_pkg_joules: null, gpu_energy_total_joules: null },
      energy: [
        { name: "cpu_package", value: null, reason: expect.stringContaining("ea was killed") },
        { name: "dram", value: null },
        { name: "gpu", value: null },
      ],
    });
    const path = join(await rowDirectory(project, 1), "attempt_1/attempt.json");
    expect(await readJson(path)).toEqual(records[1]?.attempts[0]);
  });

  it("in an attempt: energy that was found in its raw files is kept, flagged as a part", async () => {
    const project = await killed((row) => rmSync(join(row, "attempt_1/attempt.json")));
    const metrics = {
      cpu_energy_pkg_joules: 7,
      cpu_energy_ram_joules: null,
      cpu_energy_total_joules: null,
      gpu_power_avg_watts: null,
      gpu_power_max_watts: null,
      gpu_power_min_watts: null,
      gpu_energy_total_joules: null,
      gpu_temp_avg_celsius: null,
      gpu_temp_max_celsius: null,
      gpu_util_avg_percent: null,
      gpu_util_max_percent: null,
    };
    const quantity = {
      name: "cpu_package",
      scope: "host",
      device: null,
      value: 7,
      unit: "J",
      source: "perf",
      method: "RAPL",
      quality: "measured",
      reason: null,
      uncertainty: null,
      coverage: null,
    } as const;
    const recoverEnergy = () => Promise.resolve({ metrics, energy: [quantity] });
    const { records } = await resume(project, {}, { recoverEnergy });
    expect(records[1]?.attempts[0]).toMatchObject({
      energy_metrics: metrics,
      flags: [{ code: "energy-partial", severity: "error" }],
    });
  });

  it("between an attempt that succeeded and its record: it is not run again", async () => {
    const project = await newProject(counting("true"));
    await run(project, { runs: 2 });
    rmSync(join(await rowDirectory(project, 1), "experiment.json"));
    const { records, result } = await resume(project);
    expect(callsOf(project)).toHaveLength(2);
    expect(result.completed).toBe(2);
    expect(records[1]).toMatchObject({ status: "success", retries: 0, performance_metrics: { accuracy: 0.9 } });
  });

  it("between its last retry and its record: it is not tried once more", async () => {
    const project = await newProject(counting("exit 1"));
    await run(project, { runs: 1, maxRetries: 1 });
    rmSync(join(await rowDirectory(project, 0), "experiment.json"));
    const { records } = await resume(project);
    expect(callsOf(project)).toHaveLength(2);
    expect(records[0]).toMatchObject({ status: "failed", retries: 1 });
  });

  it("between two attempts: the next one has the next number", async () => {
    const project = await newProject(counting("exit 1"));
    await run(project, { runs: 1, maxRetries: 2 });
    const row = await rowDirectory(project, 0);
    rmSync(join(row, "experiment.json"));
    for (const number of [2, 3]) rmSync(join(row, `attempt_${number}`), { recursive: true });
    await resume(project);
    expect(callsOf(project).map((call) => call.slice(0, 3))).toEqual(["0 1", "0 2", "0 3", "0 2", "0 3"]);
  });

  it("before its first attempt, or while it wrote a file: what is half there is no hindrance", async () => {
    const project = await killed(async (row) => {
      rmSync(join(row, "attempt_1"), { recursive: true });
      await mkdir(join(row, "attempt_1"));
      writeFileSync(join(row, "experiment.json.5a5e.tmp"), '{ "experiment_id": "2026');
      writeFileSync(join(row, "attempt_1/attempt.json.5a5e.tmp"), "");
    });
    const { result } = await resume(project);
    expect(result.completed).toBe(3);
    expect(readdirSync(await rowDirectory(project, 1)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("before its plan was complete cannot go on, and nothing has run", async () => {
    const project = await interrupted();
    rmSync(join(sessionOf(project), "plan.json"));
    await expect(resume(project)).rejects.toMatchObject({ code: "BAD_PLAN" });
  });
});

describe("claims", () => {
  const dead = (fields: Partial<ClaimJson> = {}): ClaimJson => ({
    ...thisProcess(),
    process_start_ticks: "1",
    tag: "nobody's",
    claimed_at: "2026-11-23T17:47:23.000+00:00",
    ...fields,
  });
  const claimedBy = async (claim: ClaimJson) => {
    const project = await interrupted();
    await put(join(await rowDirectory(project, 1), "claim"), claim);
    return project;
  };

  it("of a process that is gone are taken over", async () => {
    expect((await resume(await claimedBy(dead()))).result.completed).toBe(3);
  });

  it("of a process that lives are left to it, and all other rows are run", async () => {
    const shell = startShell("sleep 1000", newTag());
    await until("it runs", () => shell.pid !== undefined);
    const stat = readFileSync(`/proc/${shell.pid}/stat`, "latin1");
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    const project = await claimedBy(dead({ pid: shell.pid ?? 0, process_start_ticks: ticks }));
    const begun = { type: "attempt-started", time: new Date().toISOString(), row: 1, attempt: 1 };
    await put(
      join(sessionOf(project), "events", `${safeName(hostname())}-${shell.pid}.jsonl`),
      `${JSON.stringify({ ...begun, directory: join(await rowDirectory(project, 1), "attempt_1") })}\n`,
    );
    const { result, events, records } = await resume(project);
    expect(result).toMatchObject({ planned: 3, completed: 2, isInterrupted: false, leftToOthers: 1 });
    expect(events).toContainEqual({
      type: "warning",
      code: "claimed",
      message: expect.stringContaining(`Row 1 is left out: pid ${shell.pid} on `),
    });
    // Row 2 ran on this host while the other process had row 1
    expect(records[1]?.flags.map(({ code }) => code)).toEqual(["shared-host"]);
  });

  it("of another host are taken over only on request", async () => {
    const project = await claimedBy(dead({ host: "elsewhere" }));
    const { result, events } = await resume(project);
    expect(result.completed).toBe(2);
    expect(JSON.stringify(events)).toContain("--take-over");
    expect((await resume(project, { takesOver: true })).result.completed).toBe(3);
  });

  it("that nobody can read are taken over only on request", async () => {
    const project = await interrupted();
    await put(join(await rowDirectory(project, 1), "claim"), "{");
    expect((await resume(project)).result.completed).toBe(2);
    expect((await resume(project, { takesOver: true })).result.completed).toBe(3);
  });

  it("lead to what a dead session has left running, which is ended before the row runs again", async () => {
    const tag = newTag("EARUN_SESSION");
    startShell("trap '' TERM; sleep 1000", tag);
    await until("it runs", () => tagged(tag).length > 0);
    const project = await interrupted();
    await put(join(await rowDirectory(project, 1), "claim"), dead({ tag: tag.value }));
    let leftAtStart = -1;
    const onEvent: SessionOptions["onEvent"] = ({ type }) => {
      if (type === "row-started" && leftAtStart < 0) leftAtStart = tagged(tag).length;
    };
    await resume(project, {}, { onEvent });
    expect(leftAtStart).toBe(0);
  });

  it("are given back when a row has ended, or was interrupted", async () => {
    const project = await interrupted();
    expect(existsSync(join(await rowDirectory(project, 1), "claim"))).toBe(false);
    await resume(project);
    expect(readdirSync(await rowDirectory(project, 1)).sort()).toEqual(["attempt_1", "attempt_2", "experiment.json"]);
  });

  it("let two runs of one session end each row exactly once", async () => {
    const project = await newProject(counting('[ -e go ] || exit 1; sleep "0.0$EARUN_ROW"'));
    await run(project, { runs: 6, maxRetries: 0, failFast: true });
    await put(join(project, "training/go"), "");
    const fields = { retriesFailed: true, overrides: { failFast: false } };
    const both = await Promise.all([resume(project, fields), resume(project, fields)]);
    expect(
      callsOf(project)
        .map((call) => call.slice(0, 1))
        .toSorted(),
    ).toEqual(["0", "0", "1", "2", "3", "4", "5"]);
    expect((await readRecords(sessionOf(project))).map(({ status }) => status)).toEqual(Array(6).fill("success"));
    expect(both.flatMap(({ events }) => events.filter(({ type }) => type === "row-finished"))).toHaveLength(6);
  });
});

describe("failed rows", () => {
  const script = counting('[ -e mended ] || { [ "$EARUN_ROW" = 0 ] || exit 1; }');

  it("stay as they are, unless they are to run once more", async () => {
    const project = await newProject(script);
    await run(project, { runs: 3, maxRetries: 1 });
    await put(join(project, "training/mended"), "");
    expect((await resume(project)).result).toMatchObject({ completed: 1, failed: 2 });
    const old = await readFile(join(await rowDirectory(project, 1), "experiment.json"), "utf8");

    const { result, records } = await resume(project, { retriesFailed: true });
    expect(result).toMatchObject({ completed: 3, failed: 0 });
    expect(
      callsOf(project)
        .slice(-2)
        .map((call) => call.slice(0, 3)),
    ).toEqual(["1 3", "2 3"]);
    expect(records[1]).toMatchObject({ status: "success", retries: 2 });
    expect(await readFile(join(await rowDirectory(project, 1), "experiment.1.json"), "utf8")).toBe(old);
    expect(existsSync(join(await rowDirectory(project, 0), "experiment.1.json"))).toBe(false);
  });

  it("that fail again are tried as often as new ones, once", async () => {
    const project = await newProject(counting("exit 1"));
    await run(project, { runs: 1, maxRetries: 1 });
    const { result } = await resume(project, { retriesFailed: true });
    expect(result.failed).toBe(1);
    expect(callsOf(project)).toHaveLength(4);
    expect((await readStatus(sessionOf(project))).failed).toBe(1);
  });

  it("that were set aside when ea was killed run again without being asked for", async () => {
    const project = await newProject(script);
    await run(project, { runs: 2, maxRetries: 0 });
    const row = await rowDirectory(project, 1);
    renameSync(join(row, "experiment.json"), join(row, "experiment.1.json"));
    await put(join(project, "training/mended"), "");
    expect((await resume(project)).result.completed).toBe(2);
  });
});

describe("more runs", () => {
  it("make the plan longer by the same sequence", async () => {
    const project = await interrupted();
    const before = await readPlan(sessionOf(project));
    const { result } = await resume(project, { overrides: { runs: 5 } });
    const after = await readPlan(sessionOf(project));
    expect(result).toMatchObject({ planned: 5, completed: 5 });
    expect(after.rows.slice(0, 3)).toEqual(before.rows);
    const long = await run(await newProject(GOOD), { runs: 5 });
    const values = (rows: typeof after.rows) => rows.map(({ key }) => key).toSorted();
    expect(values(after.rows)).toEqual(values((await readPlan(long.result.directory)).rows));
    expect(existsSync(join(sessionOf(project), "plan.1.json"))).toBe(true);
  });

  it("asked for again are no more than they were", async () => {
    const project = await interrupted();
    await resume(project, { overrides: { runs: 4 } });
    expect((await resume(project, { overrides: { runs: 4 } })).result).toMatchObject({ planned: 4, completed: 4 });
    expect(
      readdirSync(sessionOf(project))
        .filter((name) => name.startsWith("plan."))
        .sort(),
    ).toEqual(["plan.1.json", "plan.json"]);
    expect((await resume(project)).result.planned).toBe(4);
  });

  it("that are fewer are refused", async () => {
    const project = await interrupted();
    await expect(resume(project, { overrides: { runs: 2 } })).rejects.toMatchObject({ code: "CONFIG" });
  });

  it("are only shown by what opens a session", async () => {
    const project = await interrupted();
    const session = await openSession(request(sessionOf(project), { overrides: { runs: 5 } }), []);
    expect((await rowsLeft(session)).map(({ row }) => row)).toEqual([1, 2, 3, 4]);
    expect((await readPlan(sessionOf(project))).rows).toHaveLength(3);
  });
});

describe("what has changed since the plan", () => {
  const change = async (project: string, replace: (text: string) => string, file = "models.json") =>
    writeFileSync(join(project, file), replace(await readFile(join(project, file), "utf8")));

  it.each<[string, (project: string) => Promise<void>, string]>([
    [
      "configuration",
      (project) => change(project, (text) => text.replace("[5,20]", "[5,30]")),
      "experiments.0.config.supported_hyperparams.epochs.range: was [5,20], is [5,30]",
    ],
    [
      "training script",
      (project) => change(project, (text) => `${text}# better\n`, "training/train.sh"),
      "scripts.mine: was ",
    ],
  ])("%s: is refused with what was and what is", async (_, edit, line) => {
    const project = await interrupted();
    await edit(project);
    const calls = callsOf(project);
    await expect(resume(project)).rejects.toMatchObject({ code: "CHANGED", message: expect.stringContaining(line) });
    expect(callsOf(project)).toEqual(calls);
    const { records } = await resume(project, { isForced: true });
    expect(records.map(({ flags }) => flags.map(({ code }) => code))).toEqual([
      [],
      ["changed-since-plan"],
      ["changed-since-plan"],
    ]);
  });

  it("hardware: is refused", async () => {
    const project = await interrupted();
    const path = join(sessionOf(project), "plan.json");
    writeFileSync(path, (await readFile(path, "utf8")).replace(/"cpu_threads": \d+/, '"cpu_threads": 999'));
    await expect(resume(project)).rejects.toThrow("machine.cpu_threads: was 999, is ");
  });

  it("another experiment in the place of a planned one is refused even by force", async () => {
    const project = await interrupted();
    await change(project, (text) => text.replace('"mlp"', '"other"'));
    await expect(resume(project, { isForced: true })).rejects.toThrow(/unknown model "mlp"/);
  });

  it("a file's spaces and comments are nothing", async () => {
    const project = await interrupted();
    await change(project, (text) => `\n${text.replace('"path"', '"_note": 1, "path"')}`);
    expect((await resume(project)).result.completed).toBe(3);
  });
});

describe("others can read how a session stands", () => {
  it("while it runs and afterwards", async () => {
    const copy = 'until grep -q "\\"row\\": $EARUN_ROW" "$EARUN_SESSION_DIRECTORY/status.json"; do sleep 0.02; done';
    const project = await interrupted(`${copy}; cp "$EARUN_SESSION_DIRECTORY/status.json" seen_$EARUN_ROW.json`);
    expect(await readStatus(sessionOf(project))).toMatchObject({ state: "interrupted", completed: 1, current: null });
    await resume(project);
    const seen = (row: number) => readJson(join(project, `training/seen_${row}.json`));
    expect(await seen(1)).toMatchObject({ state: "running", completed: 1, current: { row: 1 } });
    expect(await seen(2)).toMatchObject({ state: "running", completed: 2, current: { row: 2 } });
    expect(await readStatus(sessionOf(project))).toMatchObject({
      state: "finished",
      planned: 3,
      completed: 3,
      writer: thisProcess(),
    });
  });

  it("from the events of each process", async () => {
    const project = await interrupted();
    await resume(project);
    const names = readdirSync(join(sessionOf(project), "events")).sort();
    expect(names).toHaveLength(2);
    const logs = await Promise.all(names.map((name) => readEventLog(join(sessionOf(project), "events", name))));
    const ends = logs.map((log) => [log[0]?.["type"], log.at(-1)?.["type"]]);
    expect(ends).toEqual(names.map(() => ["session-started", "session-finished"]));
    const finished = logs.flat().filter(({ type }) => type === "row-finished");
    expect(finished.map(({ row, status }) => `${String(row)} ${String(status)}`).toSorted()).toEqual(
      [0, 1, 2].map((row) => `${row} success`),
    );
    expect(finished[0]).not.toHaveProperty("record");
  });

  it("that it failed", async () => {
    const project = await interrupted();
    const broken = meter({ start: () => Promise.reject(new Error("broken")) });
    await expect(resume(project, {}, { meters: [broken] })).rejects.toThrow("broken");
    expect(await readStatus(sessionOf(project))).toMatchObject({ state: "failed", completed: 1 });
    expect((await resume(project)).result.completed).toBe(3);
  });
});

test("a session of an ea that kept too little to go on is refused", async () => {
  const project = await interrupted();
  const path = join(sessionOf(project), "plan.json");
  const { request: _request, ...rest } = Object(await readJson(path));
  writeFileSync(path, JSON.stringify(rest));
  await expect(resume(project)).rejects.toMatchObject({ code: "BAD_PLAN" });
});
