import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { powercapIntervals } from "../src/powercap-intervals.ts";
import { POWERCAP_LOG_HEADER, parsePowercapLog, parsePowercapRow } from "../src/powercap-log.ts";
import type { PowercapZone } from "../src/powercap-zones.ts";

const SERVER = readFileSync(new URL("fixtures/synthetic-powercap.csv", import.meta.url), "utf8");

async function csvOf(log: string, isMetered: (zone: PowercapZone) => boolean = () => true): Promise<string[]> {
  const lines = log.split("\n").slice(0, -1);
  const zones = new Map(lines.flatMap((line) => parsePowercapRow(line)?.zone ?? []).map((zone) => [zone.id, zone]));
  const stream = (async function* () {
    yield* lines;
  })();
  const rows: string[] = [];
  for await (const row of powercapIntervals(stream, [...zones.values()].filter(isMetered))) rows.push(row);
  expect(rows.every((row) => row.endsWith("\n"))).toBe(true);
  return rows.map((row) => row.slice(0, -1));
}

test("one row per domain and interval, over all sockets; what could not be read comes with the next full row", async () => {
  expect(await csvOf(SERVER)).toEqual([
    "t_seconds,domain,joules",
    "1.00001,cpu_package,90",
    "1.00001,dram,5",
    "1.00001,cpu_psys,200",
    "2.00001,cpu_package,",
    "2.00001,dram,5",
    "2.00001,cpu_psys,200",
    "3.00002,cpu_package,190",
    "3.00002,dram,5",
    "3.00002,cpu_psys,200",
  ]);
});

test("the rows of a domain add up to its quantities", async () => {
  const { quantities } = parsePowercapLog(SERVER);
  const rows = (await csvOf(SERVER)).map((row) => row.split(","));
  for (const name of ["cpu_package", "dram", "cpu_psys"]) {
    const ofRows = rows.filter(([, domain]) => domain === name).reduce((sum, [, , joules]) => sum + Number(joules), 0);
    const ofQuantities = quantities
      .filter((quantity) => quantity.name === name)
      .map(({ value }) => value ?? Number.NaN);
    expect(ofRows).toBeCloseTo(
      ofQuantities.reduce((sum, value) => sum + value, 0),
      6,
    );
  }
});

test("what was lost with a reset of one socket makes no row of the others", async () => {
  const log = SERVER.replace("package-1,580040000,", "package-1,7,").replace("1,630040000,", "1,50000007,");
  const rows = (await csvOf(log)).filter((row) => row.includes("cpu_package"));
  expect(rows).toEqual(["1.00001,cpu_package,90", "2.00001,cpu_package,", "3.00002,cpu_package,150"]);
});

test("a zone that is left out is in no row", async () => {
  const rows = (await csvOf(SERVER, ({ device }) => device !== "package-1")).filter((row) =>
    row.includes("cpu_package"),
  );
  expect(rows).toEqual(["1.00001,cpu_package,50", "2.00001,cpu_package,", "3.00002,cpu_package,100"]);
});

test("an interval in which nothing moved yet has no row, and no 0", async () => {
  const row = (time: string, joules: number): string => `${time},intel-rapl:0,cpu_package,package-0,${joules}000000,\n`;
  const log = POWERCAP_LOG_HEADER + row("0.0", 100) + row("1.0", 120) + row("1.0001", 120);
  expect(await csvOf(log)).toEqual(["t_seconds,domain,joules", "1,cpu_package,20"]);
});

test("a log without rows gives a header", async () => {
  expect(await csvOf(POWERCAP_LOG_HEADER)).toEqual(["t_seconds,domain,joules"]);
});
