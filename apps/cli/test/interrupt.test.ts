import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AttemptJson } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeProject, type Project, processesWith, type Running, readJson } from "./project.ts";

const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;
const why = hasPrlimit ? "" : " (skipped: no prlimit)";

describe("a session that is told to stop", () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject();
  });
  afterEach(() => project.remove());

  const start = async (model: string): Promise<{ ea: Running; directory: string }> => {
    const ea = project.start(["run", "-r", "tiny", "-m", model, "-mt", "epochs", "-n", "3", "--no-sleep", "--events"]);
    await ea.says('"type":"attempt-started"');
    const directory = join(project.path, "results", (await readdir(join(project.path, "results")))[0] ?? "");
    for (let tries = 0; tries < 200 && (await processesWith(directory)).length === 0; tries += 1) await sleep(25);
    await sleep(300); // until the training has set up its signal handlers
    return { ea, directory };
  };
  const attemptOf = async (directory: string): Promise<AttemptJson> => {
    const row = (await readdir(directory)).find((name) => name.startsWith("000_")) ?? "";
    return AttemptJson.parse(await readJson(join(directory, row, "attempt_1", "attempt.json")));
  };

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s ends the training, keeps its energy and exits with %i", async (signal, code) => {
    const { ea, directory } = await start("forever");
    ea.kill(signal);
    expect((await ea.finished).code).toBe(code);
    const attempt = await attemptOf(directory);
    expect(attempt).toMatchObject({ failure_class: "interrupted", signal: "SIGTERM" });
    expect(attempt.energy.find(({ name }) => name === "cpu_estimate")?.value).toBeGreaterThan(0);
    expect(await processesWith(directory)).toEqual([]);
  });

  it("starts no other row and writes no record for the one that did not end", async () => {
    const { ea, directory } = await start("forever");
    ea.kill("SIGINT");
    await ea.finished;
    const rows = (await readdir(directory)).filter((name) => /^\d{3}_/.test(name));
    expect(rows).toHaveLength(1);
    expect(await readdir(join(directory, rows[0] ?? ""))).toEqual(["attempt_1"]);
  });

  it("a second time kills a training that does not want to end, with its detached children", async () => {
    const { ea, directory } = await start("stubborn");
    ea.kill("SIGINT");
    await ea.says("Stopping");
    ea.kill("SIGINT");
    expect((await ea.finished).code).toBe(130);
    expect((await attemptOf(directory)).signal).toBe("SIGKILL");
    expect(await processesWith(directory)).toEqual([]);
  });

  it("by SIGKILL leaves no process of the training behind", async () => {
    const { ea, directory } = await start("stubborn");
    ea.kill("SIGKILL");
    await ea.finished;
    for (let tries = 0; tries < 100 && (await processesWith(directory)).length > 0; tries += 1) await sleep(100);
    expect(await processesWith(directory)).toEqual([]);
  });

  it.skipIf(!hasPrlimit)(`by SIGKILL leaves no daemon behind that cleared its environment either${why}`, async () => {
    const { ea } = await start("daemon");
    const daemons = (): Promise<readonly string[]> => processesWith("sleep\x00987654");
    for (let tries = 0; tries < 200 && (await daemons()).length === 0; tries += 1) await sleep(25);
    expect(await daemons()).toHaveLength(1);
    ea.kill("SIGKILL");
    await ea.finished;
    for (let tries = 0; tries < 100 && (await daemons()).length > 0; tries += 1) await sleep(100);
    expect(await daemons()).toEqual([]);
  });

  it("wakes up from its sleep between two runs", async () => {
    const ea = project.start([
      "run",
      "-r",
      "tiny",
      "-m",
      "good",
      "-mt",
      "epochs",
      "-n",
      "2",
      "--run-sleep",
      "600",
      "--events",
    ]);
    await ea.says('"type":"sleeping"');
    ea.kill("SIGINT");
    expect((await ea.finished).code).toBe(130);
  });
});
