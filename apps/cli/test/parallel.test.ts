import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RecordJson } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeProject, type Project, processesWith, type Running, readJson } from "./project.ts";

const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;
const why = hasPrlimit ? "" : " (skipped: no prlimit)";

/** A foreground that goes on until there is a file, a background that does not want to end. */
const TRAIN = `
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
const stubborn = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000);";
const daemon = "setsid -f env -i /bin/sh -c \\"trap '' TERM; exec sleep 98765467\\" </dev/null >/dev/null 2>&1";
if (process.argv.includes("good")) {
  setInterval(() => {
    if (!existsSync(process.env.EARUN_SESSION_DIRECTORY + "/go")) return;
    console.log("accuracy: 0.9");
    process.exit(0);
  }, 50);
} else {
  spawn(process.execPath, ["-e", stubborn], { detached: true, stdio: "inherit" }).unref();
  if (process.argv.includes("daemon")) spawn("/bin/sh", ["-c", daemon], { cwd: "/", stdio: "ignore" });
  process.on("SIGTERM", () => undefined);
  setInterval(() => undefined, 1000);
  console.log("background runs");
}
`;

describe("a session of mode parallel", () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject();
    await project.write("repository/train.mjs", TRAIN);
    git("init", "--quiet");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "all");
  });
  afterEach(() => project.remove());

  const start = async (background = "stubborn"): Promise<{ ea: Running; directory: string }> => {
    const foreground = { repo: "tiny", model: "good", mutate: ["epochs"] };
    const experiment = { mode: "parallel", foreground, background: { repo: "tiny", model: background } };
    await project.write("parallel.json", { experiments: [experiment], seed: 1 });
    const ea = project.start(["run", "-ec", "parallel.json", "--no-sleep", "--gate", "off", "--events"]);
    await ea.says('"type":"attempt-started"');
    const directory = join(project.path, "results", (await readdir(join(project.path, "results")))[0] ?? "");
    const row = (await readdir(directory)).find((name) => name.startsWith("000_")) ?? "";
    const attempt = join(directory, row, "attempt_1");
    await until("both run", async () => {
      const log = await readFile(join(attempt, "background.log"), "utf8").catch(() => "");
      const training = await readFile(join(attempt, "training.log"), "utf8").catch(() => undefined);
      return log.includes("background runs") && training !== undefined && (await processesWith(directory)).length > 1;
    });
    return { ea, directory };
  };
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: join(project.path, "repository"), encoding: "utf8" });
  const worktrees = (): number => git("worktree", "list").trim().split("\n").length;

  it("says in its plan what runs beside each row", async () => {
    const background = { repo: "tiny", model: "stubborn", hyperparameters: { epochs: 3 } };
    const foreground = { repo: "tiny", model: "good", mode: "default" };
    await project.write("parallel.json", { experiments: [{ mode: "parallel", foreground, background }] });
    const { out } = await project.ea(["run", "-ec", "parallel.json", "--dry-run"]);
    expect(out).toContain("experiment 0: tiny/good, parallel (default)\n");
    expect(out).toContain(
      "  beside it: train.mjs --model stubborn --epochs 3 --learning-rate 0.00001 (tiny/stubborn), 30 s ahead\n",
    );
  });

  it("ends with its background gone and its worktree forgotten; tables tell of both", async () => {
    const { ea, directory } = await start();
    expect(worktrees()).toBe(2);
    await project.write(`results/${directory.split("/").at(-1) ?? ""}/go`, "");
    expect((await ea.finished).code).toBe(0);
    expect(await processesWith(directory)).toEqual([]);
    expect(worktrees()).toBe(1);
    expect(existsSync(join(directory, "working-copies"))).toBe(false);
    const { out } = await project.ea(["export", "jsonl", directory]);
    expect(JSON.parse(out)).toMatchObject({
      mode: "parallel",
      background_model: "stubborn",
      background_alive_share: 1,
    });
    const summary = await project.ea(["summary", directory]);
    expect(summary.out).toMatch(/tiny\/good beside tiny\/stubborn \(alive 100 %\)/);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends by %s with all of its background", async (signal) => {
    const { ea, directory } = await start();
    ea.kill(signal);
    await ea.says("Stopping");
    ea.kill(signal);
    await ea.finished;
    expect(await processesWith(directory)).toEqual([]);
    expect(worktrees()).toBe(1);
  });

  it.skipIf(!hasPrlimit)(`leaves nothing of its background behind by SIGKILL, and is resumed${why}`, async () => {
    const { ea, directory } = await start("daemon");
    const daemons = (): Promise<readonly string[]> => processesWith("sleep\x0098765467");
    await until("there is a daemon", async () => (await daemons()).length === 1);
    ea.kill("SIGKILL");
    await ea.finished;
    await until("nothing runs", async () => (await processesWith(directory)).length + (await daemons()).length === 0);
    expect(worktrees()).toBe(2);

    await project.write(`results/${directory.split("/").at(-1) ?? ""}/go`, "");
    const resumed = await project.ea(["resume", directory, "--no-sleep", "--gate", "off", "--json"]);
    expect(JSON.parse(resumed.out)).toMatchObject({ planned: 1, completed: 1 });
    const row = (await readdir(directory)).find((name) => name.startsWith("000_")) ?? "";
    const record = RecordJson.parse(await readJson(join(directory, row, "experiment.json")));
    expect(record).toMatchObject({ mode: "parallel", background: { model: "daemon" }, retries: 1 });
    expect(record.attempts.map(({ flags }) => flags.some(({ code }) => code === "shared-host"))).toEqual([true, true]);
    expect(worktrees()).toBe(1);
    expect(existsSync(join(directory, "working-copies"))).toBe(false);
    expect([...(await processesWith(directory)), ...(await daemons())]).toEqual([]);
  });
});

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + 30_000; !(await isTrue()); await sleep(50)) {
    if (performance.now() > endMs) throw new Error(`waited in vain until ${what}`);
  }
}
