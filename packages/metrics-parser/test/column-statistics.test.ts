import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { columnStatistics } from "../src/column-statistics.ts";
import type { TextSource } from "../src/text-source.ts";
import { sampled } from "./live-heap.ts";

const FIVE_ROWS = "timestamp,power_draw\n1,100.5\n2,150.0\n3,200.25\n4,120.0\n5,180.75\n";
const NVIDIA_SMI =
  "\ufefftimestamp, power.draw [W], memory.used [MiB]\r\n" +
  "2025/11/23 10:20:00.000, 68.59 W, 1024 MiB\r\n" +
  "2025/11/23 10:20:01.000, [N/A], 1025 MiB\r\n" +
  "2025/11/23 10:20:02.000, 70.41 W, ERR!\r\n" +
  "2025/11/23 10:20:03.000, 71\r\n";

describe("columnStatistics", () => {
  it("is exact over five rows", async () => {
    expect(await columnStatistics(FIVE_ROWS, { columns: ["power_draw"] })).toEqual({
      rows: 5,
      columns: {
        power_draw: {
          count: 5,
          missing: 0,
          avg: 150.3,
          min: 100.5,
          max: 200.25,
          sum: 751.5,
          variance: expect.closeTo(1705.10625, 9),
          first: 100.5,
          last: 180.75,
          missingKinds: {},
        },
      },
      badRows: 0,
      firstBadRows: [],
    });
  });

  it("takes 10,000 rows as they come", async () => {
    async function* rows(): AsyncGenerator<string> {
      yield "t,watts\n";
      for (let row = 0; row < 10_000; row += 1) yield `${row},${row % 100}.5\n`;
    }
    expect(await columnStatistics(rows(), { columns: ["watts"] })).toMatchObject({
      rows: 10_000,
      columns: { watts: { count: 10_000, missing: 0, avg: 50, min: 0.5, max: 99.5, sum: 500_000 } },
      badRows: 0,
    });
  });

  it("needs less than 10 MB of memory for 12 MB", async () => {
    const growths: number[] = [];
    async function* rows(): AsyncGenerator<string> {
      yield "t,power.draw [W],memory.used [MiB]\n";
      const chunk = "1766000000000,68.59 W,1024 MiB\n".repeat(2000);
      yield* sampled(chunk, 12_000_000, (bytes) => growths.push(bytes));
    }
    expect((await columnStatistics(rows())).badRows).toBe(0);
    expect(Math.max(...growths)).toBeLessThan(10_000_000);
  });

  it("reads what nvidia-smi prints: units, absent values, a cut last row", async () => {
    expect(await columnStatistics(NVIDIA_SMI, { columns: ["power.draw", "memory.used [MiB]"] })).toMatchObject({
      rows: 3,
      columns: {
        "power.draw": {
          count: 2,
          missing: 1,
          avg: 69.5,
          min: 68.59,
          max: 70.41,
          sum: 139,
          missingKinds: { "[N/A]": 1 },
        },
        "memory.used [MiB]": { count: 2, missing: 1, avg: 1024.5, min: 1024, max: 1025, sum: 2049 },
      },
      badRows: 1,
      firstBadRows: [{ line: 5, reason: "2 cells where the header has 3" }],
    });
  });

  it("summarises all columns by default, text as missing", async () => {
    const { columns } = await columnStatistics(NVIDIA_SMI);
    expect(Object.keys(columns)).toEqual(["timestamp", "power.draw [W]", "memory.used [MiB]"]);
    expect(columns["timestamp"]).toMatchObject({
      count: 0,
      avg: undefined,
      sum: undefined,
      missingKinds: { "other text": 3 },
    });
  });

  test.each([
    ["quotes", 'a,b\n"1","2 ""x"""\n"3, 4",5\n', { rows: 2, badRows: 0 }],
    ["a quote inside a cell", 'a,b\nx"y,1\n2,3\n', { rows: 2, badRows: 0 }],
    ["a quote that is never closed", 'a,b\n1,2\n3,"4', { rows: 1, badRows: 1 }],
    ["blank lines", "a,b\n\n1,2\n\n", { rows: 1, badRows: 0 }],
    ["rows too short and too long", "a,b\n1\n1,2,3\n1,2\n", { rows: 1, badRows: 2 }],
    ["a last row that may be cut", "a,b\n1,2\n3,4", { rows: 1, badRows: 1 }],
    ["a last row whose last cell ends with the column's unit", "a,b\n1,20 W\n3,4 W", { rows: 2, badRows: 0 }],
    ["a last row whose unit is cut", "a,b\n1,20 MiB\n3,4 M", { rows: 1, badRows: 1 }],
    ["a last row beyond white space", "a,b\n1,2\n  ", { rows: 1, badRows: 0 }],
    ["a whole row before a quote that is never closed", 'a,b\n1,2\n3,4\n"5,6', { rows: 2, badRows: 1 }],
    ["only a header", "a,b\n", { rows: 0, badRows: 0 }],
    ["nothing", "", { rows: 0, badRows: 0 }],
  ])("takes %s", async (_what, csv, expected) => {
    expect(await columnStatistics(csv)).toMatchObject(expected);
  });

  it("keeps a column of any name", async () => {
    const { columns } = await columnStatistics("__proto__,constructor\n1,2\n");
    expect(Object.entries(columns).map(([name, { sum }]) => [name, sum])).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
    ]);
  });

  it("refuses a column that is not there, and a record that never ends", async () => {
    await expect(columnStatistics(FIVE_ROWS, { columns: ["power.draw"] })).rejects.toMatchObject({
      code: "MISSING_COLUMN",
      message: expect.stringContaining('did you mean "power_draw"'),
    });
    await expect(columnStatistics("", { columns: ["a"] })).rejects.toMatchObject({ code: "MISSING_COLUMN" });
    const endless = ["a,b\n", ...Array.from({ length: 40 }, () => "x".repeat(65_536))];
    await expect(columnStatistics(endless)).rejects.toMatchObject({ code: "BAD_CSV" });
  });

  it("gives its source's error as it is", async () => {
    const failing = new Readable({
      read() {
        this.destroy(new Error("ENOENT"));
      },
    });
    await expect(columnStatistics(failing)).rejects.toThrow("ENOENT");
  });

  it("takes a Node stream", async () => {
    expect((await columnStatistics(Readable.from([Buffer.from(FIVE_ROWS)]))).rows).toBe(5);
  });

  it("does the same however the text is cut", async () => {
    const whole = await columnStatistics(NVIDIA_SMI);
    const bytes = Buffer.from(NVIDIA_SMI);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: bytes.length }), { maxLength: 30 }), async (cuts) => {
        const borders = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = borders.slice(1).map((to, index) => bytes.subarray(borders[index], to));
        expect(await columnStatistics(pieces)).toEqual(whole);
      }),
      { seed: 20261123, numRuns: 100 },
    );
  });

  it("rejects with the reason of an abort, before and while it reads", async () => {
    await expect(columnStatistics(FIVE_ROWS, { signal: AbortSignal.abort("before") })).rejects.toBe("before");
    const controller = new AbortController();
    async function* stuck(): AsyncGenerator<string> {
      yield FIVE_ROWS;
      controller.abort("while");
      await new Promise(() => undefined);
    }
    const source: TextSource = stuck();
    await expect(columnStatistics(source, { signal: controller.signal })).rejects.toBe("while");
  });
});

/** `_parse_csv_metric_streaming` of the original, as SEED.md has it. */
const ORIGINAL = `
import csv, json, sys
def parse(csv_file, field_name):
    count, total = 0, 0.0
    max_val, min_val = float('-inf'), float('inf')
    with open(csv_file, 'r') as f:
        reader = csv.DictReader(f)
        for row in reader:
            value = float(row[field_name])
            count += 1
            total += value
            max_val = max(max_val, value)
            min_val = min(min_val, value)
    return {"avg": total/count, "max": max_val, "min": min_val, "sum": total}
print(json.dumps(parse(*sys.argv[1:])))`;

const python = spawnSync("python3", ["--version"]).status === 0;

test.skipIf(!python)("the original's avg, max, min and sum of 10,000 rows are ours, up to its rounding", async () => {
  const directory = mkdtempSync(join(tmpdir(), "telemetry-"));
  const path = join(directory, "gpu_power.csv");
  const rows = Array.from(
    { length: 10_000 },
    (_, row) => `${1_763_303_098 + row},${(50 + ((row * 7919) % 30_000) / 100).toFixed(2)}`,
  );
  writeFileSync(path, `timestamp,power_draw_w\n${rows.join("\n")}\n`);
  const { columns } = await columnStatistics({ path }, { columns: ["power_draw_w"] });
  const original: Record<string, number> = JSON.parse(
    execFileSync("python3", ["-c", ORIGINAL, path, "power_draw_w"], { encoding: "utf8" }),
  );
  rmSync(directory, { recursive: true });
  const { avg, max, min, sum } = columns["power_draw_w"] ?? {};
  expect({ max, min }).toEqual({ max: original["max"], min: original["min"] });
  expect(avg).toBeCloseTo(original["avg"] ?? Number.NaN, 9);
  expect(sum).toBeCloseTo(original["sum"] ?? Number.NaN, 6);
});
