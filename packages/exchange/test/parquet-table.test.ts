import { rmSync } from "node:fs";
import { parquetMetadata, parquetReadObjects, parquetSchema } from "hyparquet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parquetTable } from "../src/parquet-table.ts";
import { FAILED, GOOD, HOSTILE, STRANGE, sessionOf } from "./example-records.ts";

let session = "";
beforeAll(async () => {
  session = await sessionOf([GOOD, FAILED, STRANGE]);
});
afterAll(() => rmSync(session, { recursive: true }));

/** The bytes as hyparquet reads them. */
async function fileOf(sessions: readonly string[], shape: "wide" | "tidy"): Promise<ArrayBuffer> {
  return new Uint8Array(await parquetTable(sessions, shape)).buffer;
}

async function rowsOf(shape: "wide" | "tidy"): Promise<readonly Record<string, unknown>[]> {
  return parquetReadObjects({ file: await fileOf([session], shape) });
}

describe("a Parquet file of records", () => {
  it("has a row for each record, with types", async () => {
    const [good, failed] = await rowsOf("wide");
    expect(good).toMatchObject({
      experiment_id: GOOD.experiment_id,
      row: 7,
      timestamp: new Date(GOOD.timestamp),
      cpu_energy_pkg_joules: 100.5,
      cpu_estimate_joules: 150,
      hyperparam_epochs: 3,
      hyperparam_nesterov: true,
      hyperparam_optimizer: "adam",
      perf_test_accuracy: 0.97,
      flags: "metric-missing",
    });
    expect(failed).toMatchObject({ status: "failed", failure_class: "crash", error_message: "exit code 3" });
  });

  it("has a row for each attempt when it is tidy", async () => {
    const rows = await rowsOf("tidy");
    expect(rows.map(({ row, attempt }) => [row, attempt])).toEqual([
      [7, 1],
      [8, 1],
      [8, 2],
      [9, 1],
    ]);
    expect(rows[1]).toMatchObject({ exit_code: 3, started_at: new Date("2026-03-03T09:14:07.791+08:00") });
  });

  it("has null for what is absent", async () => {
    const [good, failed] = await rowsOf("wide");
    expect(good).toMatchObject({ cpu_energy_ram_joules: null, gpu_energy_total_joules: null, hyperparam_warmup: null });
    expect(failed).toMatchObject({ perf_test_accuracy: null });
  });

  it("keeps hostile names and texts", async () => {
    const strange = (await rowsOf("wide"))[2];
    for (const name of HOSTILE) expect(strange?.[`hyperparam_${name}`]).toBe(name);
    expect(strange?.["error_message"]).toBe(HOSTILE.join("\n"));
  });

  it("has numbers that happen to be whole as doubles", async () => {
    const file = await fileOf([session], "wide");
    const types = new Map(
      parquetSchema(parquetMetadata(file)).children.map(({ element }) => [element.name, element.type]),
    );
    expect(types.get("hyperparam_epochs")).toBe("DOUBLE");
    expect(types.get("gpu_power_avg_watts")).toBe("DOUBLE");
    expect(types.get("row")).toBe("INT32");
  });

  it("says which version of the records it is of", async () => {
    const file = await fileOf([session], "tidy");
    expect(parquetMetadata(file).key_value_metadata).toEqual([
      { key: "ea.schema_version", value: "1" },
      { key: "ea.shape", value: "tidy" },
    ]);
  });

  it("is one without rows when there are no records", async () => {
    const file = await fileOf([], "wide");
    expect(await parquetReadObjects({ file })).toEqual([]);
  });
});
