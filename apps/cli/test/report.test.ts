import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { sessionRest } from "../src/report/session-rest.ts";
import { FAKE_TOOLS } from "./fakes.ts";
import { EA, makeProject, type Project, readJson } from "./project.ts";

describe("ea report", () => {
  let project: Project;
  let session: string;
  beforeAll(async () => {
    project = await makeProject();
    const flags = ["-r", "tiny", "-m", "good", "-mt", "epochs", "-n", "4", "-s", "1", "--no-sleep", "--json"];
    const { out } = await project.ea(["run", ...flags], FAKE_TOOLS);
    session = String(JSON.parse(out).directory);
  });
  afterAll(() => project.remove());

  it("writes HTML, SVG, PNG and Markdown, and has every experiment id and the trace of the GPU in them", async () => {
    const { code, err } = await project.ea(["report", session, "-o", "a/r.html", "--svg", "s", "--png", "p", "--md"]);
    expect({ code, err }).toEqual({ code: 0, err: "Next: open a/r.html in a browser\n" });
    const html = await readFile(join(project.path, "a/r.html"), "utf8");
    for (const name of (await readdir(session)).filter((entry) => /^\d/.test(entry))) {
      const { experiment_id: id } = await readJson(join(session, name, "experiment.json"));
      expect(html).toContain(String(id));
    }
    expect(html).toContain('data-figure="trace"');
    expect(await readdir(join(project.path, "s"))).toContain("trade-off.svg");
    const png = await readFile(join(project.path, "p/trade-off.png"));
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(await readFile(join(project.path, "a/r.md"), "utf8")).toContain("# Energy report: ");
  });

  it("its command, run as it stands there, makes the same rows again", async () => {
    await project.ea(["report", session, "-o", "again.html"]);
    const html = await readFile(join(project.path, "again.html"), "utf8");
    const [, text = ""] = /<h2 id="again">Reproduce<\/h2>.*?<code>(.*?)<\/code>/s.exec(html) ?? [];
    const command = text.replaceAll("&#39;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
    const { stdout } = await promisify(execFile)(
      "bash",
      ["-c", `ea() { "$NODE" "$EA" "$@" --json --gate off; }\n${command}`],
      {
        env: { ...process.env, NODE: process.execPath, EA, ...FAKE_TOOLS },
      },
    );
    const vectors = async (directory: string): Promise<readonly unknown[]> =>
      (await readFile(join(directory, "rows.jsonl"), "utf8"))
        .trim()
        .split("\n")
        .map((row) => JSON.parse(row).hyperparameters);
    const again: unknown = JSON.parse(stdout);
    expect(again).toMatchObject({ completed: 4 });
    const { directory } = z.object({ directory: z.string() }).parse(again);
    expect(directory).not.toBe(session);
    expect(await vectors(directory)).toEqual(await vectors(session));
  });

  it("a damaged record is named and left out, the others are reported", async () => {
    const copy = join(project.path, "copy");
    await cp(session, copy, { recursive: true });
    const [row = ""] = (await readdir(copy)).filter((entry) => entry.startsWith("000"));
    await writeFile(join(copy, row, "experiment.json"), "{ torn");
    const { code, err } = await project.ea(["report", copy, "-o", "copy.html"]);
    expect(code).toBe(0);
    expect(err).toContain(`${join(row, "experiment.json")}: expected JSON`);
    expect(await readFile(join(project.path, "copy.html"), "utf8")).toContain(
      "Could not be read, and not in this report: 1 file.",
    );
  });

  it("without a finished run there is no report, and exit code 2", async () => {
    const empty = join(project.path, "empty");
    await cp(session, empty, { recursive: true });
    for (const name of await readdir(empty)) if (/^\d/.test(name)) await rm(join(empty, name), { recursive: true });
    const { code, err } = await project.ea(["report", empty, "-o", "empty.html"]);
    expect({ code, made: existsSync(join(project.path, "empty.html")) }).toEqual({ code: 2, made: false });
    expect(err).toContain("expected at least one finished run, found none");
  });

  it.each([
    [["--intensity", "much"], '--intensity: expected a number from 0 on, found "much"'],
    [["--pue", "0.5"], '--pue: expected a number from 1 on, found "0.5"'],
    [["--metric", "acuracy"], "--metric: expected accuracy | loss"],
  ])("%j: exit code 2", async (flags, words) => {
    const { code, err } = await project.ea(["report", session, ...flags]);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it("--watch writes once for a session that has ended, and ends", async () => {
    const { code, out } = await project.ea(["report", session, "-o", "w.html", "--watch"]);
    expect(code).toBe(0);
    expect(out).toContain("w.html");
  });
});

describe("epochs in the trace of a run", () => {
  const logs = fileURLToPath(new URL("../../../packages/metrics-parser/test/fixtures/logs/", import.meta.url));
  /** Prints a recorded log again; what was stamped is stamped with the time at which it is printed. */
  const replay = `import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
const lines = readFileSync(${JSON.stringify(logs)} + process.argv[3], "latin1").split("\\n");
for (const line of lines) {
  const stamp = /20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d/.exec(line)?.[0];
  if (stamp) await sleep(300);
  const now = new Date(Date.now() - 60_000 * new Date().getTimezoneOffset()).toISOString().slice(0, 19).replace("T", " ");
  process.stdout.write(Buffer.from(line.replace(stamp ?? "", now.slice(0, stamp?.length ?? 0)) + "\\n", "latin1"));
}
`;
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
    await project.write("repository/replay.mjs", replay);
    const repository = (preset: string, models: readonly string[]) => ({
      path: "repository",
      train_script: "replay.mjs",
      models,
      model_flag: "--model",
      supported_hyperparams: {},
      performance_metrics: { preset },
    });
    await project.write("config/models_config.json", {
      models: {
        plain: repository("plain", ["plain.log", "plain-gb18030.log"]),
        keras: repository("keras", ["keras-2.15-verbose-2.log"]),
      },
    });
  });
  afterAll(() => project.remove());

  it.each([
    ["plain", "plain.log", "3 epochs marked"],
    ["plain", "plain-gb18030.log", "3 epochs marked"],
    ["keras", "keras-2.15-verbose-2.log", undefined], // its epochs have no time stamps
  ])("%s, %s: %s", async (repository, model, words) => {
    await project.write(`${model}.json`, {
      mode: "default",
      runs_per_config: 1,
      experiments: [{ repo: repository, model }],
    });
    const run = ["run", "-ec", `${model}.json`, "--no-sleep", "--json"];
    const { directory } = z
      .object({ directory: z.string() })
      .parse(JSON.parse((await project.ea(run, FAKE_TOOLS)).out));
    await project.ea(["report", directory, "-o", `${model}.html`]);
    const html = await readFile(join(project.path, `${model}.html`), "utf8");
    expect(html).toContain('data-figure="trace"');
    expect(/\d+ epochs marked/.exec(html)?.[0]).toBe(words);
  });
});

it("--watch beside a session at work writes after each run, and in no attempt", async () => {
  const project = await makeProject();
  const rests = ["--cool-down", "time", "--run-sleep", "11"];
  const run = project.start(["run", "-r", "tiny", "-m", "good", "-mt", "epochs", "-n", "3", "-s", "1", ...rests]);
  await run.says("attempt 1 starts");
  const [name = ""] = await readdir(join(project.path, "results"));
  const session = join(project.path, "results", name);
  let isWatching = true;
  const watch = project.start(["report", session, "-o", "live.html", "--watch"]).finished.finally(() => {
    isWatching = false;
  });
  const writtenMs = new Set<number>();
  while (isWatching) {
    const [file] = await Promise.allSettled([stat(join(project.path, "live.html")), sleep(50)]);
    if (file.status === "fulfilled") writtenMs.add(file.value.mtimeMs);
  }
  expect([(await run.finished).code, (await watch).code]).toEqual([0, 0]);

  const [log = ""] = await readdir(join(session, "events"));
  const events = (await readFile(join(session, "events", log), "utf8"))
    .trim()
    .split("\n")
    .map((line) => z.looseObject({ type: z.string(), time: z.string() }).parse(JSON.parse(line)));
  const timesOf = (type: string): readonly number[] =>
    events.filter((event) => event.type === type).map(({ time }) => Date.parse(time));
  const [starts, ends] = [timesOf("attempt-started"), timesOf("row-finished")];
  expect([starts.length, ends.length]).toEqual([3, 3]);
  const isInAttempt = (ms: number): boolean => starts.some((start, index) => ms >= start && ms < (ends[index] ?? 0));
  expect([...writtenMs].filter(isInAttempt)).toEqual([]);
  const runsBefore = [...writtenMs].map((ms) => ends.filter((end) => end <= ms).length);
  // Once for each run that has ended; on a busy machine a rest may end before a report has begun
  expect(runsBefore).toEqual([...new Set(runsBefore)]);
  expect(runsBefore.at(-1)).toBe(3);
  await project.remove();
}, 120_000);

describe("when a report may be written beside a session", () => {
  let project: Project;
  const nowMs = Date.parse("2026-03-03T09:14:10Z");
  const status = {
    schema_version: 1,
    session: "s",
    state: "sleeping",
    updated_at: "2026-03-03T09:14:07Z",
    writer: { host: hostname(), boot_id: "b", pid_namespace: "n", pid: process.pid, process_start_ticks: "1" },
    planned: 3,
    completed: 1,
    failed: 0,
    suspect: 0,
    current: null,
  };
  beforeAll(async () => {
    project = await makeProject();
    await mkdir(join(project.path, "events"));
    await project.write("status.json", status);
  });
  afterAll(() => project.remove());

  it.each([
    [{ type: "sleeping", reason: "run", seconds: 60, time: "2026-03-03T09:14:07Z" }, true],
    [{ type: "sleeping", reason: "cool-down", seconds: 600, time: "2026-03-03T09:14:09Z" }, true],
    [{ type: "sleeping", reason: "run", seconds: 60, time: "2026-03-03T09:13:15Z" }, false], // nearly over
    [{ type: "sleeping", reason: "run", seconds: 5, time: "2026-03-03T09:14:09Z" }, false], // too short
    [{ type: "sleeping", reason: "idle", seconds: 30, time: "2026-03-03T09:14:09Z" }, false], // this is measured
    [{ type: "attempt-started", time: "2026-03-03T09:14:09Z" }, false],
    [{ type: "row-finished", time: "2026-03-03T09:14:09Z" }, false],
  ])("%j: %s", async (event, isAtRest) => {
    const name = hostname().replace(/[^A-Za-z0-9._-]/g, "-");
    await appendFile(join(project.path, `events/${name}-${process.pid}.jsonl`), `${JSON.stringify(event)}\n`);
    expect(await sessionRest(project.path, nowMs)).toEqual({ ended: "1 0 0", isAtRest, isOver: false });
  });
});
