import { PublishedJson } from "@ea/records";
import { expect, test } from "vitest";
import { readOriginalTable } from "../../src/original/original-table.ts";
import { tableIndex } from "../../src/original/table-index.ts";
import { emptyDirectory, put } from "./original-files.ts";

const HEADER =
  "experiment_id,timestamp,repository,model,is_parallel,training_success,duration_seconds,retries,error_message,hyperparam_epochs,hyperparam_seed,perf_test_accuracy,energy_cpu_pkg_joules,energy_gpu_avg_watts,energy_gpu_total_joules,num_mutated_params,fg_duration_seconds";
const ROW =
  'default__examples_mnist_001,2025-12-31T06:17:21.614340,examples,mnist,False,True,101.3,0,"done, well",14,,95.0,1001.5,100,9000,0,';

async function read(text: string): ReturnType<typeof readOriginalTable> {
  const root = emptyDirectory();
  return readOriginalTable(put(root, "data.csv", text), "data.csv");
}

test("a row is read by its columns' names; an empty cell says nothing", async () => {
  const table = await read(`${HEADER}\n${ROW}\n`);
  const [row] = table?.rows ?? [];
  expect(PublishedJson.parse(row)).toMatchObject({
    file: "data.csv",
    line: 2,
    experiment_id: "default__examples_mnist_001",
    duration_seconds: 101.3,
    training_success: true,
    error_message: "done, well",
    hyperparameters: { epochs: 14 },
    performance_metrics: { test_accuracy: 95 },
    energy_metrics: { cpu_energy_pkg_joules: 1001.5, gpu_power_avg_watts: 100, gpu_energy_total_joules: 9000 },
    num_mutated_params: 0,
  });
});

test("the values of a parallel run may stand in columns of the foreground", async () => {
  const table = await read(`${HEADER}\nx_parallel,t,,,True,,,,,,,,,,,,77.5\n`);
  expect(table?.rows[0]?.duration_seconds).toBe(77.5);
});

test("rows of another width are counted, and the others are read", async () => {
  const table = await read(`\ufeff${HEADER}\n${ROW}\nshort,row\n${ROW}\n`);
  expect([table?.rows.length, table?.badRows, table?.rows[1]?.line]).toEqual([2, 1, 4]);
});

test.each(["", "a,b\n1,2\n", "experiment_id,timestamp\nx,y\n"])("%j is no table of the original", async (text) => {
  expect(await read(text)).toBeUndefined();
});

test("a row means the run of its moment and its id, never one of the same id alone", async () => {
  const table = await read(`${HEADER}\n${ROW}\n${ROW.replace("06:17", "07:17").replace("T07", " 07")}\n`);
  const index = tableIndex(table ? [table] : []);
  expect(index.take("examples_mnist_002", "2025-12-31T06:17:21.614340")).toEqual([]);
  expect(index.take("examples_mnist_001", "2025-12-31T05:17:21.614340")).toEqual([]);
  expect(index.take("examples_mnist_001", "2025-12-31T06:17:21.614340").map(({ line }) => line)).toEqual([2]);
  expect(index.left().map(({ line }) => line)).toEqual([3]);
  expect(index.take("examples_mnist_001", "2025-12-31T07:17:21.614340").map(({ line }) => line)).toEqual([3]);
});
