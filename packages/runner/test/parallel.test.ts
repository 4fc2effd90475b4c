import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type RecordJson, readRecords } from "@ea/records";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { prepareSession } from "../src/prepare-session.ts";
import { thisProcess } from "../src/process-identity.ts";
import { resumeSession } from "../src/resume-session.ts";
import { runSession } from "../src/run-session.ts";
import type { SessionOptions } from "../src/session-options.ts";
import { repositoryJson } from "./examples.ts";
import { meter } from "./meters.ts";
import { untilWritten } from "./processes.ts";
import { readJson, sessionOptions, sessionRequest } from "./projects.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const FOREGROUND = "sleep 1; echo accuracy: 0.9";

/** A project with a foreground and a background, in the same repository or in two. */
async function parallelProject(
  background: string,
  { foreground = FOREGROUND, isShared = false, load = {} } = {},
): Promise<string> {
  const project = await temporaryDirectory();
  const models = {
    mine: repositoryJson,
    ...(!isShared && { theirs: { ...repositoryJson, path: "load", performance_metrics: {} } }),
  };
  await put(join(project, "models.json"), { models });
  const shared = `case "$*" in *cnn*) ${background};; *) ${foreground};; esac`;
  await put(join(project, "training/train.sh"), `#!/bin/sh\n${isShared ? shared : foreground}\n`, 0o755);
  if (!isShared) await put(join(project, "load/train.sh"), `#!/bin/sh\n${background}\n`, 0o755);
  const item = {
    mode: "parallel",
    foreground: { repo: "mine", model: "mlp", mutate: ["epochs"] },
    background: { repo: isShared ? "mine" : "theirs", model: "cnn", hyperparameters: { epochs: 7 }, ...load },
  };
  await put(join(project, "parallel.json"), { experiments: [item] });
  return project;
}

async function runParallel(project: string, fields: Partial<SessionOptions> = {}, overrides = {}) {
  const request = sessionRequest(project, { experiment: undefined, experimentFile: "parallel.json" });
  const prepared = await prepareSession({ ...request, overrides: { ...request.overrides, ...overrides } });
  const { options, events } = sessionOptions(project, fields);
  const result = await runSession(prepared, options);
  const [record] = await readRecords(result.directory);
  const [row = ""] = (await readdir(result.directory)).filter((name) => name.startsWith("000_"));
  const attempt = join(result.directory, row, "attempt_1");
  return { result, record, events, attempt, directory: result.directory, tag: options.tag };
}

const flagOf = (record: RecordJson | undefined, code: string) => record?.flags.find((flag) => flag.code === code);

/** Live processes of a session. */
async function left(tag: string): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "latin1").includes(tag);
    } catch {
      return false;
    }
  });
}

test("the foreground is measured as any run; the record says what ran beside it, and that energies are of both", async () => {
  const project = await parallelProject("while :; do :; done");
  const { record, result, attempt, tag } = await runParallel(project, { meters: [meter()] });
  expect(result).toMatchObject({ planned: 1, completed: 1 });
  expect(record).toMatchObject({
    mode: "parallel",
    repository: "mine",
    model: "mlp",
    status: "success",
    performance_metrics: { accuracy: 0.9 },
    background: {
      repository: "theirs",
      model: "cnn",
      hyperparameters: { epochs: 7, learning_rate: 0.01, seed: 42 },
      argv: ["train.sh", "--model", "cnn", "--epochs", "7", "--lr", "0.01", "--seed", "42"],
      environment: { repository: { path: join(project, "load") } },
    },
    attempts: [
      {
        background: {
          command: [join(project, "load/train.sh"), "--model", "cnn", "--epochs", "7", "--lr", "0.01", "--seed", "42"],
          working_directory: join(project, "load"),
          working_copy: { kind: "none" },
          runs: 1,
          restarts: 0,
          exit_codes: {},
          alive_share: 1,
        },
      },
    ],
  });
  const load = record?.attempts[0]?.background;
  expect(load?.window_seconds).toBeGreaterThanOrEqual(1);
  expect(load?.cpu_seconds).toBeGreaterThan(0.05);
  // What the load has computed is not the training's
  expect(record?.attempts[0]?.training_cpu_seconds).toBeLessThan(load?.cpu_seconds ?? 0);
  expect(flagOf(record, "shared-host")).toMatchObject({ severity: "warning" });
  expect(record?.flags.filter(({ code }) => code.startsWith("background"))).toEqual([]);
  expect(readFileSync(join(attempt, "background.log"), "utf8")).toMatch(/^\[ea\] run 1 starts: /);
  expect(await left(tag)).toEqual([]);
});

describe("a load that", () => {
  test("ends is started again; the gaps are told, and what it has computed is not the training's", async () => {
    const working = "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done; sleep 0.2; exit 0";
    const { record } = await runParallel(await parallelProject(working));
    const load = record?.attempts[0]?.background;
    expect(record?.attempts[0]?.training_cpu_seconds).toBeLessThan((load?.cpu_seconds ?? 0) / 2);
    expect(load?.exit_codes).toEqual({ "0": expect.any(Number) });
    expect(load?.restarts).toBeGreaterThanOrEqual(1);
    expect(load?.alive_share).toBeLessThan(1);
    expect(flagOf(record, "background-gap")).toMatchObject({
      evidence: { restarts: load?.restarts, windowSeconds: load?.window_seconds, aliveSeconds: load?.alive_seconds },
    });
  });

  test("dies at once is started again after longer and longer pauses, and flagged", async () => {
    const project = await parallelProject("exit 3", { foreground: "sleep 2; echo accuracy: 0.9" });
    const { record, attempt } = await runParallel(project);
    const load = record?.attempts[0]?.background;
    expect(load?.exit_codes).toEqual({ "3": load?.runs });
    expect(load?.runs).toBeGreaterThanOrEqual(2);
    expect(load?.runs).toBeLessThan(6);
    expect(flagOf(record, "background-failed")?.evidence).toEqual({ exitCodes: load?.exit_codes, runs: load?.runs });
    expect(flagOf(record, "background-gap")).toMatchObject({ severity: "error" });
    expect(readFileSync(join(attempt, "background.log"), "utf8")).toContain("with exit code 3");
  });

  test("cannot be started at all is flagged, with the shell's exit code for it", async () => {
    const project = await parallelProject("exit 0");
    const models = JSON.parse(readFileSync(join(project, "models.json"), "utf8"));
    models.models.theirs.environment = { command: ["/no/such/program"] };
    await put(join(project, "models.json"), models);
    const { record, result } = await runParallel(project);
    expect(result.completed).toBe(1);
    expect(record?.attempts[0]?.background?.exit_codes).toEqual({ "127": expect.any(Number) });
    expect(flagOf(record, "background-failed")).toBeDefined();
  });

  test("ends what starts it does not run again: how much it computed is not known, and nothing of it stays", async () => {
    const { record, tag } = await runParallel(await parallelProject('kill -KILL "$PPID"; exec sleep 1000'));
    const load = record?.attempts[0]?.background;
    expect(load).toMatchObject({ runs: 1, restarts: 0, exit_codes: {}, cpu_seconds: null });
    expect(load?.alive_share).toBeLessThan(1);
    expect(flagOf(record, "background-gap")).toMatchObject({ severity: "error" });
    expect(await left(tag)).toEqual([]);
  });

  test("computes nothing is told", async () => {
    const { record } = await runParallel(await parallelProject("exec sleep 1000"));
    expect(flagOf(record, "background-idle")).toMatchObject({ severity: "error" });
    expect(record?.attempts[0]?.background?.alive_share).toBe(1);
  });

  test("ignores SIGTERM and has a child in a session of its own is ended with all of it", async () => {
    const stubborn =
      "trap '' TERM; setsid -f sh -c \"trap '' TERM; while :; do sleep 1; done\"; while :; do sleep 1; done";
    const killing = new AbortController();
    killing.abort(); // no grace: the same way out, but sooner
    const { record, tag } = await runParallel(await parallelProject(stubborn), { killSignal: killing.signal });
    expect(record).toMatchObject({ status: "success" });
    expect(flagOf(record, "survivors")).toBeUndefined();
    expect(await left(tag)).toEqual([]);
  });

  test("leaves processes behind at each end has none of them when it starts again", async () => {
    const littering = 'pgrep -x -f "sleep 98765431" | wc -l; setsid -f sleep 98765431; sleep 0.3';
    const { tag, attempt } = await runParallel(await parallelProject(littering));
    const counts = readFileSync(join(attempt, "background.log"), "utf8").match(/^\d+$/gm) ?? [];
    expect(counts.length).toBeGreaterThanOrEqual(2);
    expect(new Set(counts)).toEqual(new Set(["0"]));
    expect(await left(tag)).toEqual([]);
  });

  test("knows which run it is beside, and has a directory of its own", async () => {
    const project = await parallelProject('echo "$EARUN_ROW $EARUN_ATTEMPT_DIRECTORY"; exec sleep 1000');
    const { attempt } = await runParallel(project);
    expect(readFileSync(join(attempt, "background.log"), "utf8")).toContain(`0 ${join(attempt, "background")}\n`);
    expect(existsSync(join(attempt, "background"))).toBe(true);
  });
});

test("a foreground that is interrupted takes the load with it", async () => {
  const stopping = new AbortController();
  const project = await parallelProject("while :; do sleep 0.1; done", { foreground: "echo ready; exec sleep 1000" });
  const running = runParallel(project, { signal: stopping.signal });
  const directory = join(project, "results", await nameIn(join(project, "results")));
  const row = await nameIn(directory, "000_");
  await untilWritten(join(directory, row, "attempt_1/training.log"));
  stopping.abort();
  const { result, record, attempt, tag } = await running;
  expect(result.isInterrupted).toBe(true);
  expect(record).toBeUndefined();
  expect(await readJson(join(attempt, "attempt.json"))).toMatchObject({
    failure_class: "interrupted",
    background: { runs: 1, exit_codes: {} },
    flags: expect.arrayContaining([expect.objectContaining({ code: "shared-host" })]),
  });
  expect(await left(tag)).toEqual([]);
});

/** The first name in a directory that begins so, once it is there. */
async function nameIn(directory: string, beginning = ""): Promise<string> {
  for (;;) {
    const name = (await readdir(directory).catch(() => [])).find((each) => each.startsWith(beginning));
    if (name !== undefined) return name;
    await sleep(20);
  }
}

test("the head start is slept before the foreground starts, unless no sleeps are wanted", async () => {
  const project = await parallelProject("exec sleep 1000", { load: { head_start_seconds: 12 } });
  const { events } = await runParallel(project, {}, { sleep: true });
  expect(events).toContainEqual({ type: "sleeping", seconds: 12, reason: "background" });
  expect((await runParallel(project)).events.map(({ type }) => type)).not.toContain("sleeping");
});

describe("a repository that is the foreground's too", () => {
  const background = "pwd; echo theirs > result.txt; exec sleep 1000";
  const foreground = "echo mine > result.txt; sleep 1; cat result.txt; echo accuracy: 0.9";
  const git = (project: string, ...args: string[]) =>
    execa("git", ["-C", join(project, "training"), "-c", "user.name=a", "-c", "user.email=a@example.org", ...args]);

  test("is copied, with links that stay inside, without following those that lead out", async () => {
    const project = await parallelProject(background, { isShared: true, foreground });
    await mkdir(join(project, "data"));
    await put(join(project, "training/lib/a.txt"), "a");
    await symlink("lib/a.txt", join(project, "training/inside"));
    await symlink("../data", join(project, "training/outside"));
    await put(
      join(project, "training/train.sh"),
      readFileSync(join(project, "training/train.sh"), "utf8").replace("pwd;", "pwd; readlink inside outside;"),
      0o755,
    );
    const { record, attempt, directory } = await runParallel(project);
    const log = readFileSync(join(attempt, "background.log"), "utf8");
    expect(log).toContain(`lib/a.txt\n${join(project, "data")}\n`);
    expect(readFileSync(join(attempt, "training.log"), "utf8")).toContain("mine\n");
    expect(record).toMatchObject({
      status: "success",
      attempts: [
        {
          background: {
            working_directory: expect.stringContaining(join(directory, "working-copies")),
            working_copy: {
              kind: "copy",
              commit: null,
              dirty: null,
              reason: expect.stringContaining("no git repository"),
            },
          },
        },
      ],
    });
    expect(existsSync(join(directory, "working-copies"))).toBe(false);
    expect(existsSync(join(project, "training/result.txt"))).toBe(true);
  });

  test("is checked out in a worktree when git has all of it, and the worktree is forgotten", async () => {
    const project = await parallelProject(background, { isShared: true, foreground });
    await git(project, "init", "--quiet");
    await git(project, "add", ".");
    await git(project, "commit", "--quiet", "--message", "all");
    const { stdout: commit } = await git(project, "rev-parse", "HEAD");
    const { record, attempt } = await runParallel(project);
    expect(record?.attempts[0]?.background).toMatchObject({ working_copy: { kind: "worktree", commit, dirty: false } });
    expect(readFileSync(join(attempt, "training.log"), "utf8")).toContain("mine\n");
    expect((await git(project, "worktree", "list")).stdout.split("\n")).toHaveLength(1);
  });

  test.each([
    ["changes that are not committed", "train.sh.orig", ""],
    ["files that git ignores", "data.bin", "data.bin\n"],
  ])("is copied when it has %s", async (reason, file, ignored) => {
    const project = await parallelProject(background, { isShared: true, foreground });
    await put(join(project, "training/.gitignore"), ignored);
    await git(project, "init", "--quiet");
    await git(project, "add", ".");
    await git(project, "commit", "--quiet", "--message", "all");
    await put(join(project, "training", file), "1");
    const { record } = await runParallel(project);
    expect(record?.attempts[0]?.background?.working_copy).toMatchObject({
      kind: "copy",
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      reason: expect.stringContaining(reason),
    });
  });

  test("is refused as a worktree when that would lack something", async () => {
    const project = await parallelProject(background, { isShared: true, load: { working_copy: "worktree" } });
    await expect(runParallel(project)).rejects.toMatchObject({ code: "NOT_FIT" });
  });
});

test("a session goes on only beside the load that it was planned with", async () => {
  const project = await parallelProject("exit 0");
  const stopping = new AbortController();
  stopping.abort();
  const { directory, tag } = await runParallel(project, { signal: stopping.signal });
  const file = join(project, "parallel.json");
  const before = readFileSync(file, "utf8");
  const { options } = sessionOptions(project);
  const request = { directory, overrides: {}, environment: options.environment, toolVersion: "1.2.3" };
  await put(file, before.replace('"epochs":7', '"epochs":8'));
  await expect(resumeSession(request, options)).rejects.toThrow(/background\.experiment\.overrides\.epochs/);
  await put(file, before.replace('"repo":"theirs"', '"repo":"mine"'));
  await expect(resumeSession({ ...request, isForced: true }, options)).rejects.toThrow(
    "Row 0 is of mine/mlp beside theirs/cnn, but experiment 0 is now mine/mlp beside mine/cnn",
  );
  await put(file, before);
  expect(await resumeSession(request, options)).toMatchObject({ planned: 1, completed: 1 });
  expect(await left(tag)).toEqual([]);
});

test("what is abandoned is removed by the next who works on the session, with what runs in it", async () => {
  const project = await parallelProject("exit 0");
  const stopping = new AbortController();
  stopping.abort();
  const { directory } = await runParallel(project, { signal: stopping.signal });
  const tag = randomUUID();
  // This process, as if it had started at another time: another one, that is gone
  const gone = {
    ...thisProcess(),
    process_start_ticks: "1",
    tag,
    claimed_at: "2026-11-24T13:00:00.000Z",
    worktrees: [],
  };
  await put(join(directory, `working-copies/${tag}.json`), gone);
  await put(join(directory, `working-copies/${tag}/0_mine/train.sh`), "");
  const orphan = execa("sleep", ["1000"], { env: { EARUN_SESSION: tag }, reject: false });
  const { options } = sessionOptions(project);
  await resumeSession({ directory, overrides: {}, environment: options.environment, toolVersion: "1.2.3" }, options);
  expect((await orphan).signal).toBe("SIGTERM");
  expect(existsSync(join(directory, "working-copies"))).toBe(false);
});

test("working copies whose owner cannot be read stay, and that is told", async () => {
  const project = await parallelProject("exit 0");
  const stopping = new AbortController();
  stopping.abort();
  const { directory } = await runParallel(project, { signal: stopping.signal });
  await put(join(directory, "working-copies/x.json"), "{");
  const { options, events } = sessionOptions(project);
  await resumeSession({ directory, overrides: {}, environment: options.environment, toolVersion: "1.2.3" }, options);
  expect(events).toContainEqual(expect.objectContaining({ type: "warning", code: "working-copy" }));
});

test("a load in another repository has a copy when it is asked for", async () => {
  const project = await parallelProject("exec sleep 1000", { load: { working_copy: "copy" } });
  const { record } = await runParallel(project);
  expect(record?.attempts[0]?.background?.working_copy).toMatchObject({ kind: "copy", reason: "asked for" });
});
