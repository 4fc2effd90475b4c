import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProject, type Project } from "./project.ts";

const EA = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../packages/${name.replace("/", "/test/fixtures/")}`, import.meta.url));
const POWER = "timestamp, power.draw [W]\n1, 68.5 W\n2, [N/A]\n3, 71.5 W\n";
const TWO_GPUS = fixture("energy-nvsmi/synthetic-two-gpus.csv");
const LOG = "Epoch 1 loss: 0.71\nEpoch 2 loss: 0.42\naccuracy: nan\n";

let project: Project;
beforeAll(async () => {
  project = await makeProject();
  await project.write("power.csv", POWER);
  await project.write("train.log", LOG);
  await project.write("empty.txt", "");
  await mkdir(join(project.path, "nothing"));
});
afterAll(() => project.remove());

const json = async (...args: readonly string[]): Promise<Record<string, unknown>> => {
  const { code, out, err } = await project.ea(["parse", ...args, "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  return JSON.parse(out);
};
const refused = async (...args: readonly string[]): Promise<string> => {
  const { code, out, err } = await project.ea(["parse", ...args]);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  return err;
};

describe("ea parse", () => {
  it("gives statistics of a column, named as it was asked for", async () => {
    expect(await json("power.csv", "--column", "power.draw")).toEqual({
      kind: "csv",
      rows: 3,
      columns: {
        "power.draw": {
          count: 2,
          missing: 1,
          avg: 70,
          min: 68.5,
          max: 71.5,
          sum: 140,
          variance: 4.5,
          first: 68.5,
          last: 71.5,
          missing_kinds: { "[N/A]": 1 },
        },
      },
      bad_rows: 0,
      first_bad_rows: [],
    });
  });

  it("gives the same under a tight limit of virtual memory, where the fast scanner finds no room", async () => {
    const limited = ["-c", 'ulimit -v 2000000; exec "$@"', "sh", process.execPath, EA, "parse", "power.csv", "--json"];
    const child = spawn("sh", [...limited, "--column", "power.draw"], { cwd: project.path });
    let out = "";
    for await (const chunk of child.stdout) out += String(chunk);
    expect(JSON.parse(out)).toEqual(await json("power.csv", "--column", "power.draw"));
  });

  it.each([
    ["csv", ["--column", "power.draw"], POWER],
    ["perf", [], "energy-perf/synthetic-interval.csv"],
    ["powercap", [], "energy-perf/synthetic-powercap.csv"],
    ["nvidia-smi", [], "energy-nvsmi/synthetic-two-gpus.csv"],
    ["log", ["--pattern", "loss=loss: ([0-9.]+)"], LOG],
  ])("reads %s also when it is zipped or UTF-16, and finds out what it is", async (kind, args, content) => {
    const text = content.includes("\n") ? content : await readFile(fixture(content), "utf8");
    const plain = join(project.path, "plain.txt");
    await writeFile(plain, text);
    await writeFile(`${plain}.gz`, gzipSync(text));
    await writeFile(`${plain}.utf16`, Buffer.from(`\ufeff${text}`, "utf16le"));
    const expected = await json("plain.txt", ...args);
    expect(expected).toMatchObject({ kind });
    expect(await json("plain.txt.gz", ...args)).toEqual(expected);
    expect(await json("plain.txt.utf16", ...args)).toEqual(expected);
  });

  it("says that a zipped file is cut", async () => {
    await writeFile(join(project.path, "cut.csv.gz"), gzipSync(POWER).subarray(0, -9));
    expect(await refused("cut.csv.gz")).toContain("cut.csv.gz: Expected a whole gzip stream");
  });

  it("takes the file also after the columns", async () => {
    expect(await json("--column", "timestamp", "power.draw", "power.csv")).toMatchObject({ kind: "csv", rows: 3 });
    const { out } = await project.ea(["parse", "--json", "--column", "timestamp", "--", "power.csv"]);
    expect(JSON.parse(out)).toMatchObject({ kind: "csv", rows: 3 });
  });

  it("drops and counts a last row that is cut", async () => {
    await project.write("cut.csv", "a,b\n1,2\n3,4\n5,6");
    expect(await json("cut.csv")).toMatchObject({
      rows: 2,
      bad_rows: 1,
      columns: { b: { sum: 6, max: 4 } },
      first_bad_rows: [{ line: 4, reason: expect.stringContaining("cut") }],
    });
  });

  it.each([
    ["perf", "energy-perf/synthetic-interval.csv"],
    ["perf", "energy-perf/synthetic-interval.jsonl"],
    ["perf", "energy-perf/synthetic-human-thousands.txt"],
    ["perf", "energy-perf/perf-6.1-psys-still.csv"],
    ["powercap", "energy-perf/synthetic-powercap.csv"],
    ["nvidia-smi", "energy-nvsmi/synthetic-two-gpus.csv"],
  ])("finds out that it is %s: %s", async (kind, name) => {
    expect(await json(fixture(name))).toMatchObject({ kind });
  });

  it("integrates each GPU of a query CSV", async () => {
    const { gpus, is_cut, bad_lines } = await json(TWO_GPUS);
    expect(gpus).toMatchObject([{ index: 0 }, { index: 1 }]);
    expect({ is_cut, bad_lines }).toEqual({ is_cut: false, bad_lines: 0 });
  });

  it("tells a cut query CSV", async () => {
    await project.write("cut-gpu.csv", (await readFile(TWO_GPUS, "utf8")).slice(0, -9));
    expect(await json("cut-gpu.csv")).toMatchObject({ kind: "nvidia-smi", is_cut: true });
  });

  it("finds metrics in a log, and says why one has no value", async () => {
    expect(await json("train.log", "--pattern", "loss=loss: ([0-9.]+)", "accuracy=accuracy: ([0-9.]+)")).toEqual({
      kind: "log",
      metrics: {
        loss: { value: 0.42, line: 2 },
        accuracy: { value: null, line: 3, outcome: "not-finite", text: "nan", hint: null },
      },
    });
  });

  it("takes the patterns of a repository", async () => {
    const { metrics } = await json("train.log", "--repo", "tiny", "--model", "good");
    expect(metrics).toMatchObject({ loss: { value: 0.42, line: 2 } });
  });

  it("reads stdin, zipped or not", async () => {
    const child = spawn(process.execPath, [EA, "parse", "-", "--json"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.end(gzipSync("a,b\n1,2\n"));
    let out = "";
    for await (const chunk of child.stdout) out += String(chunk);
    expect(JSON.parse(out)).toMatchObject({ kind: "csv", rows: 1 });
  });

  it("prints a table without --json", async () => {
    const { out } = await project.ea(["parse", "power.csv", "--column", "power.draw"]);
    expect(out).toContain("power.draw  2      1        70   68.5  71.5  140");
  });
});

describe("ea parse refuses with exit code 2", () => {
  it.each([
    ["an unknown kind, with its first line", ["train.log"], ["train.log: expected a CSV", "Epoch 1 loss: 0.71"]],
    ["an empty file", ["empty.txt"], ["empty.txt: expected something to parse, found an empty file"]],
    ["what is not there", ["absent.csv"], ["absent.csv: expected a file or directory, found nothing there"]],
    ["a disk that fails", ["/proc/self/mem"], ["/proc/self/mem: expected a file that can be read, found: EIO"]],
    ["a device", ["/dev/null"], ["/dev/null: expected a file or directory, found a pipe or device"]],
    ["a directory for a kind of file", ["nothing", "--as", "csv"], ["nothing: expected a file for csv"]],
    ["a directory without energy files", ["nothing"], ["nothing: expected energy files"]],
    ["another kind than asked for", ["power.csv", "--as", "perf"], ["power.csv: Expected a report", "NOT_PERF"]],
    ["a column that is not there", ["power.csv", "--column", "powr"], ['did you mean "power.draw [W]"']],
    ["a pattern that is none", ["train.log", "--pattern", "loss=("], ["--pattern: "]],
    ["a pattern without a name", ["train.log", "--pattern", "loss"], ["--pattern: expected name=REGEX"]],
    ["patterns for a CSV", ["power.csv", "--as", "csv", "--pattern", "a=b"], ["--pattern: expected with a log"]],
    ["a repository that is not there", ["train.log", "--repo", "tini"], ["--repo: expected tiny"]],
    ["two files", ["power.csv", "train.log"], ["train.log"]],
    ["no file", [], ["expected a file, a directory, or - for stdin"]],
  ])("%s", async (_, args, words) => {
    const message = await refused(...args);
    for (const word of words) expect(message).toContain(word);
  });
});
