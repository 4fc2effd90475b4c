import { array, assert, integer, property, uniqueArray } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseAccounting } from "../../src/slurm/accounting-text.ts";
import { expandIndices, indicesText } from "../../src/slurm/array-indices.ts";
import { arrayJobs, tasksOf } from "../../src/slurm/array-jobs.ts";
import { quote } from "../../src/slurm/batch-script.ts";
import { maxArraySizeIn, maxSubmitIn } from "../../src/slurm/limits.ts";
import { loadSlurmProfile } from "../../src/slurm/profile.ts";
import { parseQueue } from "../../src/slurm/queue-text.ts";
import { submittedJob } from "../../src/slurm/sbatch-arguments.ts";
import { phaseOf, waitsForGood } from "../../src/slurm/task-state.ts";
import { put, temporaryDirectory } from "../temporary.ts";

const tasks = uniqueArray(integer({ min: 0, max: 500 }), { maxLength: 60 });

describe("indices", () => {
  it("are written as Slurm writes them", () => {
    expect(indicesText([7, 0, 1, 2, 9, 10])).toBe("0-2,7,9-10");
    expect(indicesText([])).toBe("");
  });

  it("are read back as they were, in order", () => {
    assert(
      property(tasks, (indices) => {
        expect(expandIndices(indicesText(indices))).toEqual(indices.toSorted((a, b) => a - b));
      }),
      { seed: 1 },
    );
  });

  it("are read with steps and limits; what is none is none", () => {
    expect(expandIndices("0-9:3,12%2")).toEqual([0, 3, 6, 9, 12]);
    expect(expandIndices("x")).toEqual([]);
  });
});

describe("array jobs", () => {
  it("have each task once, as far as there is room, with indices below the largest", () => {
    const numbers = integer({ min: 1, max: 70 });
    assert(
      property(tasks, numbers, numbers, (all, maxArraySize, room) => {
        const jobs = arrayJobs(all, { maxArraySize, room });
        const taken = jobs.flatMap(({ offset, indices }) => indices.map((index) => offset + index));
        expect(taken).toEqual(all.toSorted((a, b) => a - b).slice(0, room));
        expect(jobs.every(({ indices }) => indices.every((index) => index >= 0 && index < maxArraySize))).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it("cover every row by the task that has it", () => {
    assert(
      property(array(integer({ min: 0, max: 999 })), integer({ min: 1, max: 9 }), (rows, rowsPerTask) => {
        const covering = new Set(tasksOf(rows, rowsPerTask));
        expect(rows.every((row) => covering.has(Math.floor(row / rowsPerTask)))).toBe(true);
      }),
      { seed: 1 },
    );
  });
});

describe("the queue", () => {
  it("is a line for each task, of an array or of none", () => {
    const text = "2|3|RUNNING|None|vm\n2|0|PENDING|JobArrayTaskLimit|\n17|N/A|COMPLETING|None|vm\n\n";
    expect(parseQueue(text)).toEqual([
      { job: "2", index: 3, state: "RUNNING", phase: "running", reason: "None", node: "vm" },
      { job: "2", index: 0, state: "PENDING", phase: "waiting", reason: "JobArrayTaskLimit", node: "" },
      { job: "17", index: undefined, state: "COMPLETING", phase: "running", reason: "None", node: "vm" },
    ]);
    expect(parseQueue("")).toEqual([]);
  });

  it.each(["2|3|RUNNING", "x|3|RUNNING|None|vm", "2|0-3%2|PENDING|None|"])(
    "of another form is no answer: %s",
    (line) => {
      expect(() => parseQueue(line)).toThrow(`squeue: expected array|index|state|reason|node, found ${line}`);
    },
  );

  it("counts what nobody knows as running, so that it is not submitted twice", () => {
    expect(["PENDING", "TIMEOUT", "SUSPENDED", "NEW_WORD"].map(phaseOf)).toEqual([
      "waiting",
      "ended",
      "running",
      "running",
    ]);
  });

  it("has reasons that do not pass by themselves", () => {
    const reasons = ["PartitionConfig", "ReqNodeNotAvail, UnavailableNodes:n1", "Resources", "Priority", "None"];
    expect(reasons.map(waitsForGood)).toEqual([true, true, false, false, false]);
  });
});

describe("the accounting", () => {
  it("is of tasks; steps give their energy, tasks that wait are one line", () => {
    const text = [
      "1_2|FAILED|1:0|00:00:04|vm|",
      "1_2.batch|FAILED|1:0|00:00:04|vm|77",
      "1_2.extern|COMPLETED|0:0|00:00:04|vm|75",
      "1_[4-5%2]|PENDING|0:0|00:00:00|None assigned|",
      "1_3|CANCELLED by 1000|0:15|1-00:00:04|vm|0",
      "9+0|COMPLETED|0:0|00:00:01|vm|",
    ].join("\n");
    const common = { job: "1", consumedJoules: undefined };
    const pending = { state: "PENDING", phase: "waiting", exitCode: "0:0", elapsed: "00:00:00", node: "None assigned" };
    expect(parseAccounting(text)).toEqual([
      {
        job: "1",
        index: 2,
        state: "FAILED",
        phase: "ended",
        exitCode: "1:0",
        elapsed: "00:00:04",
        node: "vm",
        consumedJoules: 77,
      },
      { ...common, index: 4, ...pending },
      { ...common, index: 5, ...pending },
      { ...common, index: 3, state: "CANCELLED", phase: "ended", exitCode: "0:15", elapsed: "1-00:00:04", node: "vm" },
    ]);
  });
});

test.each([
  ["2\n", { job: "2", cluster: undefined }],
  ["123;hpc\n", { job: "123", cluster: "hpc" }],
  ["welcome to this site\n123\n", { job: "123", cluster: undefined }],
  ["", undefined],
  ["Submitted batch job 6\n", undefined],
])("the answer of sbatch %j is job %j", (text, job) => {
  expect(submittedJob(text)).toEqual(job);
});

test("limits are read where there are any", () => {
  expect(maxArraySizeIn("MaxArraySize            = 10001\nMaxJobCount = 10000\n")).toBe(10_001);
  expect(maxArraySizeIn("")).toBe(1001);
  expect(maxSubmitIn("|\n500|\n200|1000\n")).toBe(200);
  expect(maxSubmitIn("|\n")).toBeUndefined();
});

test("words are quoted for a shell", () => {
  expect(["/a/b-1.js", "a b", "it's", ""].map(quote)).toEqual(["/a/b-1.js", "'a b'", "'it'\\''s'", "''"]);
});

describe("a profile", () => {
  const load = async (content: string | object) => {
    const directory = await temporaryDirectory();
    await put(`${directory}/cluster.json`, content);
    return loadSlurmProfile("cluster.json", directory);
  };

  it("has defaults: exclusive nodes, one row a task", async () => {
    expect(await load({ partition: "gpu", _comment: "ours" })).toMatchObject({
      partition: "gpu",
      exclusive: true,
      rows_per_task: 1,
      signal_seconds: 120,
    });
  });

  it.each([
    [{ partitio: "p" }, 'cluster.json: partitio: unknown key "partitio"; did you mean "partition"?'],
    [{ parallel: 0 }, "cluster.json: parallel: "],
    [{ partition: "a b" }, 'partition: expected a word without spaces, found "a b"'],
    ["{", "cluster.json:1:2: expected JSON"],
  ])("%j is refused", async (content, message) => {
    await expect(load(content)).rejects.toThrow(message);
  });
});
