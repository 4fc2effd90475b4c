import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findOriginals } from "../../src/original/find-originals.ts";
import { emptyDirectory, put, putRun, soloRecord } from "./original-files.ts";

test("folders of runs are found at any depth, with or without a record", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: "run_20251230_204245/examples_mnist_005", log: "x\n" });
  putRun(root, { folder: "archives/a/b/default/examples_mnist_005_parallel", record: undefined });
  put(root, "archives/a/data.csv", "x\n");
  const { runs, tables, notRead } = await findOriginals(root);
  expect(runs.map(({ source, session, record, logs }) => ({ source, session, record, logs }))).toEqual([
    {
      source: "archives/a/b/default/examples_mnist_005_parallel",
      session: "archives/a/b/default",
      record: undefined,
      logs: [],
    },
    {
      source: "run_20251230_204245/examples_mnist_005",
      session: "run_20251230_204245",
      record: "run_20251230_204245/examples_mnist_005/experiment.json",
      logs: ["run_20251230_204245/examples_mnist_005/terminal_output.txt"],
    },
  ]);
  expect([tables, notRead]).toEqual([["archives/a/data.csv"], []]);
});

test("a folder of a run may be given itself", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: "." });
  expect((await findOriginals(root)).runs).toMatchObject([{ source: ".", session: ".", record: "experiment.json" }]);
});

test("at the seed date records, energies and logs stood side by side", async () => {
  const root = emptyDirectory();
  const id = "20251107_101010_examples_mnist";
  put(root, `results/${id}.json`, JSON.stringify(soloRecord(id)));
  for (const attempt of [1, 2]) put(root, `results/energy_${id}_attempt${attempt}/gpu_power.csv`, "");
  for (const stamp of ["20251107_101011", "20251107_101511", "20251107_111011"]) {
    put(root, `results/training_examples_mnist_${stamp}.log`, "");
  }
  put(root, "results/energy_20251107_111010_examples_mnist_attempt1/gpu_power.csv", "");
  const { runs, notRead } = await findOriginals(root);
  expect(notRead).toEqual([]);
  expect(runs).toEqual([
    {
      source: `results/${id}.json`,
      name: id,
      session: "results",
      record: `results/${id}.json`,
      logs: [
        "results/training_examples_mnist_20251107_101511.log",
        "results/training_examples_mnist_20251107_101011.log",
      ],
      energy: [
        { attempt: 1, directory: `results/energy_${id}_attempt1` },
        { attempt: 2, directory: `results/energy_${id}_attempt2` },
      ],
    },
    expect.objectContaining({
      source: "results/energy_20251107_111010_examples_mnist_attempt1",
      record: undefined,
      logs: ["results/training_examples_mnist_20251107_111011.log"],
    }),
  ]);
});

test("links are not followed, so that one to a parent is no loop", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: "run_20251230_204245/examples_mnist_005" });
  symlinkSync(root, join(root, "run_20251230_204245", "loop"));
  const { runs, notRead } = await findOriginals(root);
  expect(runs).toHaveLength(1);
  expect(notRead).toEqual([{ file: "run_20251230_204245/loop", reason: "a symbolic link: not followed" }]);
});

test("what is nothing of the original is named", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: "run_20251230_204245/examples_mnist_005" });
  put(root, "run_20251230_204245/examples_mnist_005/background_logs/1.log", "x\n");
  put(root, "notes.txt", "x\n");
  const { notRead } = await findOriginals(root);
  expect(notRead.map(({ file }) => file)).toEqual([
    "notes.txt",
    "run_20251230_204245/examples_mnist_005/background_logs",
  ]);
});

test("a directory that is left out is not looked into", async () => {
  const root = emptyDirectory();
  putRun(root, { folder: "ours/examples_mnist_005" });
  expect((await findOriginals(root, join(root, "ours"))).runs).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)(
  "a directory that may not be read is named, and the others are read",
  async () => {
    const root = emptyDirectory();
    mkdirSync(join(root, "closed"));
    chmodSync(join(root, "closed"), 0);
    putRun(root, { folder: "open/examples_mnist_005" });
    const { runs, notRead } = await findOriginals(root);
    expect(runs).toHaveLength(1);
    expect(notRead).toEqual([{ file: "closed", reason: expect.stringMatching(/EACCES/) }]);
  },
);
