import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AttemptJson, readPlan, readRecords } from "@ea/records";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeProject, type Project, readJson } from "./project.ts";

const BIN = fileURLToPath(new URL("fixtures/slurm-bin", import.meta.url));

let project: Project;
let directory = "";
beforeEach(async () => {
  project = await makeProject();
  directory = join(project.path, "fake-slurm");
  await mkdir(directory);
});
afterEach(() => project.remove());

const withFakes = (variables: Record<string, string> = {}): Record<string, string> => ({
  PATH: [BIN, process.env["PATH"] ?? ""].join(delimiter),
  FAKE_SLURM_DIRECTORY: directory,
  ...variables,
});
const slurm = (args: readonly string[], variables: Record<string, string> = {}) =>
  project.ea(["slurm", ...args], withFakes(variables));
const submit = (session: string, variables: Record<string, string> = {}, ...flags: readonly string[]) =>
  slurm(["submit", session, "--no-doctor", ...flags], variables);

async function plan(runs = 5): Promise<string> {
  const what = ["-r", "tiny", "-m", "good", "-mt", "epochs", "-n", String(runs), "-s", "1", "-mr", "0"];
  const { out } = await project.ea(["run", ...what, "--no-sleep", "--gate", "off", "--plan-only"]);
  return out.trim();
}
const jobs = async (): Promise<readonly string[]> => (await readdir(directory)).filter((name) => name.endsWith(".job"));
const scripts = (session: string, number: number): Promise<string> =>
  readFile(join(session, "slurm", `${number}.sh`), "utf8");

describe("ea slurm submit", () => {
  it("hands each row to a task, and to no second one while it waits, runs, or has ended", async () => {
    const session = await plan();
    expect(await submit(session)).toMatchObject({ code: 0, out: expect.stringContaining("job 101: tasks 0-4\n") });
    expect(await submit(session)).toMatchObject({ code: 0, out: expect.stringContaining("5 in the queue before") });
    expect(await jobs()).toHaveLength(1);
    await slurm(["cancel", session]);
    await project.ea(["run", "--plan", session, "--index", "1-3"]);
    const again = await submit(session, { FAKE_SLURM_MODE: "runs" });
    expect(again.out).toContain("job 102: tasks 0,4\n");
    expect(await readRecords(session)).toHaveLength(5);
    expect(await submit(session)).toMatchObject({ code: 0, out: expect.stringContaining("nothing to submit") });
  });

  it("gives a task several rows, clipped at the plan's end, and beyond Slurm's largest array an offset", async () => {
    const session = await plan(9);
    const flags = ["--rows-per-task", "2", "--parallel", "3", "--json"];
    const { out } = await submit(session, { FAKE_SLURM_ARRAY_SIZE: "2", FAKE_SLURM_MODE: "runs" }, ...flags);
    const { arrays } = JSON.parse(out);
    expect(arrays.map(({ indices }: { indices: string }) => indices)).toEqual(["0-1", "0-1", "0"]);
    expect(await scripts(session, 3)).toContain("first=$(( (4 + SLURM_ARRAY_TASK_ID) * 2 ))");
    const third = await readFile(join(session, "slurm/3.json"), "utf8");
    expect(third).toContain('"--array=0%3"');
    expect(third).toContain('"--dependency=afterany:102"');
    expect((await readRecords(session)).map(({ row }) => row)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("submits no more than there is room for, and says what is left", async () => {
    const session = await plan();
    const limited = await submit(session, { FAKE_SLURM_MAX_SUBMIT: "3|\n" });
    expect(limited).toMatchObject({ code: 0, out: expect.stringContaining("no room in the queue for 2 rows") });
    const full = { FAKE_SLURM_ARRAY_SIZE: "2", FAKE_SLURM_MODE: "full", FAKE_SLURM_ROOM: "4" };
    await slurm(["cancel", session]);
    const second = await submit(session, full);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining("no room in the queue for 1 rows") });
  });

  it("takes everything from the profile, whose own arguments come last, and marks shared hosts", async () => {
    const session = await plan();
    const named = { partition: "p", account: "a", qos: "q", time: "1:00:00", gres: "gpu:1", constraint: "h100&ib" };
    const others = { nodelist: "n[1-2]", exclude: "n3", cpus_per_task: 8, memory: "16G", signal_seconds: 60 };
    const profile = { ...named, ...others, exclusive: false, extra: ["--mail-type=END"], setup: ["module load it"] };
    await project.write("cluster.json", { ...profile, ea: ["my node", "ea.js"] });
    await submit(session, {}, "--profile", "cluster.json");
    const { arguments: args } = await readJson(join(session, "slurm/1.json"));
    expect(args).toEqual([
      "--parsable",
      "--requeue",
      "--nodes=1",
      expect.stringMatching(/^--job-name=ea-.*_tiny_good-1-[0-9a-f]{8}$/),
      "--array=0-4",
      expect.stringMatching(/^--output=.*\/slurm\/logs\/%A_%a\.log$/),
      "--open-mode=append",
      "--signal=B:USR2@60",
      "--partition=p",
      "--account=a",
      "--qos=q",
      "--time=1:00:00",
      "--gres=gpu:1",
      "--constraint=h100&ib",
      "--nodelist=n[1-2]",
      "--exclude=n3",
      "--cpus-per-task=8",
      "--mem=16G",
      "--mail-type=END",
      join(session, "slurm/1.sh"),
    ]);
    const script = await scripts(session, 1);
    expect(script).toContain(`module load it\n`);
    expect(script).toContain(`exec 'my node' ea.js run --plan ${session} --quiet --shared-host --index`);
  });
});

describe("nothing is lost, and nothing submitted twice,", () => {
  it("where Slurm is not installed; 3", async () => {
    const session = await plan(1);
    const { code, err } = await project.ea(["slurm", "submit", session, "--no-doctor"], { PATH: directory });
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining("scontrol is not installed here") });
  });

  it("when it refuses; 2, with its words and the arguments", async () => {
    const session = await plan(1);
    await project.write("cluster.json", { partition: "nope" });
    const { code, err } = await submit(session, { FAKE_SLURM_MODE: "refused" }, "--profile", "cluster.json");
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/Invalid partition name.*\n.*--partition=nope/),
    });
    expect((await submit(session)).out).toContain("1 tasks submitted");
  });

  it("when sbatch takes the job and never answers: it is found by its name", async () => {
    const session = await plan();
    await project.write("cluster.json", { answer_seconds: 1 });
    const late = await submit(session, { FAKE_SLURM_MODE: "late" }, "--profile", "cluster.json");
    expect(late).toMatchObject({ code: 0, out: expect.stringContaining("job 101: tasks 0-4") });
    expect((await submit(session)).out).toContain("5 in the queue before");
    expect(await jobs()).toHaveLength(1);
  });

  it("when nobody knows whether it has taken the job: the next call looks", async () => {
    const session = await plan();
    await project.write("cluster.json", { answer_seconds: 1 });
    const lost = await submit(session, { FAKE_SLURM_MODE: "lost" }, "--profile", "cluster.json");
    expect(lost).toMatchObject({ code: 3, err: expect.stringContaining("sbatch has not answered in 1 s") });
    const { name } = await readJson(join(session, "slurm/1.json"));
    const tasks = [0, 1, 2, 3, 4].map((index) => ({ index, state: "PENDING", reason: "None", node: "" }));
    await writeFile(join(directory, "107.job"), JSON.stringify({ id: 107, name, exitCode: 0, tasks }));
    expect((await submit(session)).out).toContain("5 in the queue before");
    expect(await readJson(join(session, "slurm/1.job.json"))).toMatchObject({ job: "107" });
  });

  it("when ea was killed before it asked: the rows are submitted by the next call", async () => {
    const session = await plan();
    await project.write("cluster.json", { answer_seconds: 1 });
    await submit(session, { FAKE_SLURM_MODE: "lost" }, "--profile", "cluster.json");
    expect((await submit(session)).out).toContain("job 101: tasks 0-4");
    expect(await readJson(join(session, "slurm/1.job.json"))).toMatchObject({ job: null });
  });

  it("while the controller is down: every command says so, 3, and the records are collected all the same", async () => {
    const session = await plan();
    await submit(session);
    await project.ea(["run", "--plan", session, "--index", "0"]);
    const down = { FAKE_SLURM_MODE: "down" };
    for (const action of ["submit", "status", "cancel", "doctor"]) {
      const { code, err } = await slurm([action, session], down);
      expect({ action, code, err }).toEqual({
        action,
        code: 3,
        err: expect.stringContaining("Unable to contact slurm"),
      });
    }
    const { code, out, err } = await slurm(["collect", session], down);
    expect({ code, out, err }).toEqual({
      code: 4,
      out: expect.stringContaining("1 of 5 runs succeeded, 4 not finished"),
      err: expect.stringContaining("nothing of Slurm's accounting"),
    });
    expect((await submit(session)).out).toContain("in the queue before");
  });
});

describe("ea slurm status", () => {
  it("says why tasks wait, and which of them wait for good", async () => {
    const session = await plan();
    await submit(session, { FAKE_SLURM_REASON: "PartitionConfig" });
    const { out } = await slurm(["status", session]);
    expect(out).toContain("0 of 5 rows ended, 5 wait or run");
    expect(out).toContain("5 wait: PartitionConfig, which does not pass by itself");
  });

  it("works for jobs that Slurm has forgotten", async () => {
    const session = await plan(2);
    await submit(session, { FAKE_SLURM_MODE: "runs" });
    for (const job of await jobs()) await writeFile(join(directory, job.replace(".job", ".old")), "");
    for (const job of await jobs())
      await writeFile(
        join(directory, job),
        (await readFile(join(directory, job), "utf8")).replace('"id":101', '"id":201'),
      );
    expect((await slurm(["status", session])).out).toContain("2 of 2 rows ended\n  job 101: 2 tasks: 2 ended\n");
  });
});

it("ea slurm collect keeps Slurm's own energy apart, as a cross-check", async () => {
  const session = await plan(2);
  await submit(session, { FAKE_SLURM_MODE: "runs" });
  const rows = [
    "101_0|COMPLETED|0:0|00:00:04|node1|\n101_0.batch|COMPLETED|0:0|00:00:04|node1|1234\n101_0.extern|COMPLETED|0:0|00:00:04|node1|1300\n",
    "101_1|CANCELLED by 1000|0:15|1-00:00:04|node1|0\n",
  ];
  const { code, out } = await slurm(["collect", session, "--json"], { FAKE_SLURM_SACCT: rows.join("") });
  const { accounting, completed, hosts } = JSON.parse(out);
  expect({ code, completed, hosts: Object.values(hosts) }).toEqual({ code: 0, completed: 2, hosts: [2] });
  expect(await readFile(accounting, "utf8")).toBe(
    "rows,job,index,state,exit_code,elapsed,node,consumed_energy_joules\n0,101,0,COMPLETED,0:0,00:00:04,node1,1300\n1,101,1,CANCELLED,0:15,1-00:00:04,node1,\n",
  );
  expect(JSON.stringify(await readRecords(session))).not.toContain("1300");
});

/** An `ea` of the node that answers at once. */
async function quickEa(): Promise<readonly string[]> {
  const path = join(project.path, "quick-ea");
  const answers = ['[ "$1" = --version ] && echo 0.1.0', `[ "$1" = doctor ] && echo '{"sources":[]}'`];
  await writeFile(path, ["#!/bin/sh", ...answers, "exit 0", ""].join("\n"), { mode: 0o755 });
  return [path];
}

describe("ea slurm doctor", () => {
  const doctor = async (variables: Record<string, string>, ...flags: readonly string[]) => {
    const { code, out } = await slurm(["doctor", "--json", ...flags], { FAKE_SLURM_MODE: "runs", ...variables });
    const { checks }: { checks: { name: string; status: string; finding: string }[] } = JSON.parse(out);
    return { code, of: (name: string) => checks.find((check) => check.name === name) };
  };

  it("looks at directory, Node.js, ea, meters and clock of a node, by a job", async () => {
    const { code, of } = await doctor({});
    expect(code).toBe(0);
    expect(["directory", "node", "ea", "clock"].map((name) => of(name)?.status)).toEqual(["ok", "ok", "ok", "ok"]);
    expect(of("node")?.finding).toContain(process.version);
  });

  it("finds that the directory is not shared; submit then submits nothing; 3", async () => {
    const { code, of } = await doctor({ FAKE_SLURM_MODE: "elsewhere" });
    expect({ code, ...of("directory") }).toMatchObject({
      code: 3,
      status: "bad",
      finding: expect.stringContaining("it is another directory on node1"),
    });
    const session = await plan(1);
    const { code: submitted, err } = await slurm(["submit", session], { FAKE_SLURM_MODE: "elsewhere" });
    expect({ submitted, err }).toEqual({ submitted: 3, err: expect.stringContaining("Nothing is submitted") });
    expect(await jobs()).toHaveLength(2);
  });

  it.each([
    ['rm -f "$directory/nonce"; nonce=$(cat "$directory/nonce" 2>/dev/null) || exit 31', "node1 does not see"],
    ["exit 32", "cannot write to it: rights, a quota or a full disk"],
  ])("tells what the node itself has said: %s", async (line, finding) => {
    await project.write("cluster.json", { setup: [line], ea: await quickEa() });
    const { code, of } = await doctor({}, "--profile", "cluster.json");
    expect({ code, ...of("directory") }).toMatchObject({ code: 3, finding: expect.stringContaining(finding) });
  });

  it("finds a Node.js that is too old, and an ea that does not start", async () => {
    const old = join(project.path, "old-node");
    await writeFile(
      old,
      "#!/bin/sh\n[ $# = 1 ] && echo v12.22.9 && exit\necho 'SyntaxError: Unexpected token' >&2; exit 1\n",
      {
        mode: 0o755,
      },
    );
    await project.write("cluster.json", { ea: [old, "ea.js"] });
    const { code, of } = await doctor({}, "--profile", "cluster.json");
    expect({ code, node: of("node"), ea: of("ea") }).toMatchObject({
      code: 3,
      node: { status: "bad", finding: `v12.22.9 at ${old}` },
      ea: { status: "bad", finding: expect.stringContaining("SyntaxError: Unexpected token") },
    });
  });

  it("finds a clock that is minutes apart", async () => {
    const clock = join(project.path, "clock");
    await mkdir(clock);
    await writeFile(join(clock, "date"), '#!/bin/sh\nexec /bin/date -d "5 minutes" "$@"\n', { mode: 0o755 });
    const PATH = [clock, withFakes()["PATH"] ?? ""].join(delimiter);
    await project.write("cluster.json", { ea: await quickEa() });
    const { code, of } = await doctor({ PATH }, "--profile", "cluster.json");
    expect({ code, ...of("clock") }).toMatchObject({
      code: 0,
      status: "warning",
      finding: expect.stringMatching(/^(?:300|299)\.\d s ahead of the clock here$/),
    });
  });

  it("is remembered by a session, until the profile changes", async () => {
    const session = await plan(1);
    const ea = await quickEa();
    const looks = async (profile: object): Promise<number> => {
      await project.write("cluster.json", { ...profile, ea });
      await slurm(["submit", session, "--profile", "cluster.json"], { FAKE_SLURM_MODE: "runs" });
      const files = await readdir(join(session, "slurm"));
      return files.filter((name) => name.startsWith("slurm-doctor_")).length;
    };
    expect(await looks({})).toBe(1);
    expect(await looks({ parallel: 4 })).toBe(1);
    expect(await looks({ qos: "other" })).toBe(2);
  });

  it("is cancelled when it does not start in time; 3", async () => {
    const { code, err } = await slurm(["doctor", "--wait", "1"], { FAKE_SLURM_MODE: "" });
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining("(it waits: Resources) and is cancelled") });
  });
});

it("an attempt whose claim is another job's that has ended is taken over; while that runs it is not", async () => {
  const session = await plan(1);
  const { rows } = await readPlan(session);
  const row = join(session, rows[0]?.experimentId.replace(/^\d+_\d+_tiny_good_/, "") ?? "");
  await mkdir(join(row, "attempt_1"), { recursive: true });
  const holder = { host: "node9", boot_id: "b", pid_namespace: "n", pid: 1, process_start_ticks: "1", tag: "t" };
  const claim = { ...holder, claimed_at: new Date().toISOString(), slurm_job: "150" };
  await writeFile(join(row, "claim"), JSON.stringify(claim));
  const task = { index: null, state: "RUNNING", reason: "None", node: "node9" };
  const write = (id: number) =>
    writeFile(join(directory, "150.job"), JSON.stringify({ id, name: "x", exitCode: 0, tasks: [task] }));
  const run = () => project.ea(["run", "--plan", session, "--index", "0"], withFakes({ SLURM_JOB_ID: "151" }));
  await write(150);
  expect(await run()).toMatchObject({ code: 4, err: expect.stringContaining("on node9 has it") });
  await write(999);
  expect((await run()).code).toBe(0);
  const first = AttemptJson.parse(await readJson(join(row, "attempt_1/attempt.json")));
  expect(first).toMatchObject({ failure_class: "interrupted" });
  expect((await readRecords(session))[0]).toMatchObject({ retries: 1, status: "success" });
});
