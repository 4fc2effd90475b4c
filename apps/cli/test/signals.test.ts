import { spawn, spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { AttemptJson, RecordJson, StatusJson } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { until } from "./chaos-project.ts";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project, processesWith, readJson } from "./project.ts";

const EA = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const isRoot = process.getuid?.() === 0;
const canMount = isRoot && spawnSync("unshare", ["-m", "true"]).status === 0;
const hasScript = spawnSync("script", ["--version"]).status === 0;
const RUN = ["run", "-r", "tiny", "-mt", "epochs", "-s", "1"];

let project: Project;
beforeEach(async () => {
  project = await makeProject();
});
afterEach(() => project.remove());

const sessionDirectory = (): Promise<string> =>
  until("a session", async () => {
    const [name] = await readdir(join(project.path, "results")).catch((): string[] => []);
    return name === undefined ? undefined : join(project.path, "results", name);
  });
const training = async (): Promise<string> => {
  const directory = await sessionDirectory();
  await until("a training", async () => ((await processesWith(directory)).length > 0 ? true : undefined));
  return directory;
};
const firstRow = async (directory: string): Promise<string> =>
  join(directory, (await readdir(directory)).find((name) => name.startsWith("000_")) ?? "");
const firstAttempt = async (directory: string): Promise<AttemptJson> =>
  AttemptJson.parse(await readJson(join(await firstRow(directory), "attempt_1/attempt.json")));
const firstRecord = async (directory: string): Promise<RecordJson> =>
  RecordJson.parse(await readJson(join(await firstRow(directory), "experiment.json")));

describe("Ctrl-C ends at once", () => {
  const FOREIGNER = "GPU-00000000-0000-4000-8000-000000000000, 4711, python, 100";

  it.each([
    ["the wait of the gate", ["-m", "good", "--no-sleep", "--gate", "wait"], "gate", { FAKE_GPU_APPS: FOREIGNER }],
    ["the idle baseline", ["-m", "good"], "idle", {}],
    ["the sleep before a retry", ["-m", "exit3", "--cool-down", "time", "--retry-sleep", "600"], "retry", {}],
    ["the sleep between two runs", ["-m", "good", "-n", "2", "--cool-down", "time", "--run-sleep", "600"], "run", {}],
  ])("%s", async (_, flags, reason, environment) => {
    const ea = project.start([...RUN, ...flags, "--events"], { ...FAKE_TOOLS, ...environment });
    await ea.says(`"reason":"${reason}"`);
    ea.kill("SIGINT");
    expect((await ea.finished).code).toBe(130);
    const { state } = StatusJson.parse(await readJson(join(await sessionDirectory(), "status.json")));
    expect(state).toBe("interrupted");
  });
});

describe("the gate", () => {
  const USED = { ...FAKE_TOOLS, FAKE_GPU_UTILIZATION: "97", FAKE_GPU_MEMORY_MIB: "30000" };

  it("refuses a GPU in use by nobody that is named, and says what helps; 3", async () => {
    const { code, err } = await project.ea([...RUN, "-m", "good", "--no-sleep", "--gate", "refuse"], USED);
    expect(code).toBe(3);
    expect(err).toMatch(
      /The machine is not fit for a run:\n {2}.* was not free .*: 97 % busy, 30000 MiB in use; try: sudo fuser/,
    );
  });

  it("flags the run contaminated where it is told not to wait", async () => {
    const { code } = await project.ea([...RUN, "-m", "good", "--no-sleep", "--gate", "flag"], USED);
    expect(code).toBe(0);
    const { flags } = await firstRecord(await sessionDirectory());
    expect(flags.map((flag) => flag.code)).toEqual(expect.arrayContaining(["contaminated", "gpu-in-use"]));
  });
});

it("SIGHUP ends the training cleanly; 143", async () => {
  const ea = project.start([...RUN, "-m", "forever", "--no-sleep"]);
  const directory = await training();
  ea.kill("SIGHUP");
  expect((await ea.finished).code).toBe(143);
  expect(await firstAttempt(directory)).toMatchObject({ failure_class: "interrupted" });
  expect(await processesWith(directory)).toEqual([]);
});

it.skipIf(!hasScript)(
  `a terminal that is lost does so too, though nothing can be said any more${hasScript ? "" : " (skipped: no script)"}`,
  async () => {
    const command = [process.execPath, EA, ...RUN, "-m", "forever", "--no-sleep", "--gate", "off"].join(" ");
    const terminal = spawn("script", ["-qc", command, "/dev/null"], {
      cwd: project.path,
      stdio: ["pipe", "ignore", "ignore"],
    });
    const directory = await training();
    terminal.kill("SIGKILL");
    await until("the session has ended", async () => {
      const { state } = StatusJson.parse(await readJson(join(directory, "status.json")));
      return state === "running" ? undefined : state;
    });
    expect(StatusJson.parse(await readJson(join(directory, "status.json"))).state).toBe("interrupted");
    expect(await firstAttempt(directory)).toMatchObject({ failure_class: "interrupted" });
    expect(await processesWith(directory)).toEqual([]);
  },
);

it("an ea that stood still while the training ended says that it came late", async () => {
  await project.write("repository/train.mjs", 'setTimeout(() => console.log("accuracy: 0.9"), 1000);');
  const ea = project.start([...RUN, "-m", "good", "--no-sleep"]);
  const directory = await training();
  ea.kill("SIGSTOP");
  await new Promise((wake) => setTimeout(wake, 4000));
  ea.kill("SIGCONT");
  expect((await ea.finished).code).toBe(0);
  const record = await firstRecord(directory);
  expect(record.status).toBe("success");
  expect(record.attempts[0]?.flags.map(({ code }) => code)).toContain("stood-still");
});

describe.skipIf(!canMount)(`the governor is put back${canMount ? "" : " (skipped: may not mount)"}`, () => {
  const GOVERNORS = ["powersave", "ondemand"];
  const file = (cpu: number): string => join(project.path, "cpus", `cpu${cpu}`, "cpufreq/scaling_governor");
  const governors = async (): Promise<readonly string[]> =>
    Promise.all(GOVERNORS.map(async (_, cpu) => (await readFile(file(cpu), "utf8")).trim()));

  /** A session on a machine with these governors: in a file system of its own, where they are the kernel's. */
  const start = async (model: string) => {
    for (const [cpu, governor] of GOVERNORS.entries()) {
      await mkdir(join(file(cpu), ".."), { recursive: true });
      await writeFile(file(cpu), `${governor}\n`);
    }
    const flags = [...RUN, "-m", model, "--no-sleep", "--gate", "off", "--governor", "performance"];
    const inside = 'mount --bind "$0" /sys/devices/system/cpu && exec "$@"';
    const args = ["-m", "sh", "-c", inside, join(project.path, "cpus"), process.execPath, EA, ...flags];
    return spawn("unshare", args, { cwd: project.path, stdio: "ignore" });
  };

  it.each(["SIGINT", "SIGTERM", "SIGHUP", "SIGKILL"] as const)("after %s", async (signal) => {
    const ea = await start("forever");
    const directory = await training();
    expect(await governors()).toEqual(["performance", "performance"]);
    ea.kill(signal);
    await until("they are as before", async () => ((await governors()).join() === GOVERNORS.join() ? true : undefined));
    await until("nothing runs", async () => ((await processesWith(directory)).length === 0 ? true : undefined));
  });

  it("at the end; the record says what was in force", async () => {
    const ea = await start("good");
    await new Promise((resolve) => ea.on("close", resolve));
    expect(await governors()).toEqual(GOVERNORS);
    const { governor } = (await firstRecord(await sessionDirectory())).environment;
    expect(governor).toEqual({ before: "powersave", requested: "performance", during: "performance" });
  });
});

describe.skipIf(!isRoot)(`under sudo${isRoot ? "" : " (skipped: not root)"}`, () => {
  it.each([
    ["that ends", "good", 0],
    ["that is interrupted", "forever", 130],
  ])("a session %s belongs to the caller, to the last file", async (_, model, code) => {
    spawnSync("chown", ["1000:1001", project.path]);
    const ea = project.start([...RUN, "-m", model, "--no-sleep"], { SUDO_UID: "1000", SUDO_GID: "1001" });
    const directory = await sessionDirectory();
    if (code !== 0) {
      await training();
      ea.kill("SIGINT");
    }
    expect((await ea.finished).code).toBe(code);
    const paths = [
      join(directory, ".."),
      directory,
      ...(await readdir(directory, { recursive: true })).map((name) => join(directory, name)),
    ];
    expect(paths.length).toBeGreaterThan(8);
    for (const path of paths) {
      const { uid, gid } = await stat(path);
      expect({ path, uid, gid }).toEqual({ path, uid: 1000, gid: 1001 });
    }
  });
});
