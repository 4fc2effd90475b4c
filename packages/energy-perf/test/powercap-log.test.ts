import { readFileSync } from "node:fs";
import type { Quantity } from "@ea/energy";
import { describe, expect, test } from "vitest";
import { POWERCAP_LOG_HEADER, parsePowercapLog, parsePowercapRow, powercapLogRows } from "../src/powercap-log.ts";
import { powercapZones } from "../src/powercap-zones.ts";

const SERVER = readFileSync(new URL("fixtures/synthetic-powercap.csv", import.meta.url), "utf8");
const joules = (quantities: readonly Quantity[]): object =>
  Object.fromEntries(quantities.map(({ name, device, value }) => [`${name} ${device}`, value]));

test("joules of each socket and domain, over a wrap and a failed read", () => {
  const { quantities, elapsedSeconds, badLines, isCut } = parsePowercapLog(SERVER);
  expect(joules(quantities)).toEqual({
    "cpu_package package-0": 150,
    "dram package-0": 15,
    "cpu_package package-1": 130,
    "cpu_psys undefined": 600,
  });
  expect(quantities.map(({ quality }) => quality)).toEqual(["measured", "measured", "measured", "measured"]);
  expect(elapsedSeconds).toBeCloseTo(3.000_19, 6);
  expect({ badLines, isCut }).toEqual({ badLines: 0, isCut: false });
});

test("a counter that was reset leaves a part", () => {
  const text = SERVER.replace("package-1,580040000,", "package-1,7,").replace("1,630040000,", "1,50000007,");
  const quantity = parsePowercapLog(text).quantities.find(({ device }) => device === "package-1");
  expect(quantity).toMatchObject({ value: 90, quality: "partial", reason: expect.stringContaining("reset") });
});

test("a zone that mirrors another is left out", () => {
  const rows = [0, 1, 2].flatMap((second) =>
    [0, 1].map(
      (die) => `${second}.0,intel-rapl:${die},cpu_package,package-0-die-${die},${1000 + second * 68}000000,\n`,
    ),
  );
  const { quantities } = parsePowercapLog(POWERCAP_LOG_HEADER + rows.join(""));
  expect(joules(quantities)).toEqual({ "cpu_package package-0-die-0": 136 });
  expect(quantities[0]?.method).toContain("intel-rapl:1: the same counter again");
});

describe("cut at every byte", () => {
  const whole = parsePowercapLog(SERVER).quantities;
  const wholeOf = ({ name, device }: Quantity): number =>
    whole.find((quantity) => quantity.name === name && quantity.device === device)?.value ?? 0;

  test("it never holds more than the whole, and every value is a sum of complete rows", () => {
    const known = new Map<string, Set<number | null>>();
    for (let size = 0; size <= SERVER.length; size += 1) {
      const { quantities, badLines, isCut } = parsePowercapLog(SERVER.slice(0, size));
      expect(badLines).toBe(0);
      expect(isCut).toBe(size > 0 && SERVER[size - 1] !== "\n");
      for (const quantity of quantities) {
        expect(quantity.value ?? 0).toBeLessThanOrEqual(wholeOf(quantity));
        const key = `${quantity.name} ${quantity.device}`;
        known.set(key, (known.get(key) ?? new Set()).add(quantity.value));
      }
    }
    expect([...known].map(([key, values]) => `${key}: ${[...values].join(" ")}`)).toEqual([
      "cpu_package package-0:  50 150",
      "dram package-0:  5 10 15",
      "cpu_package package-1:  40 80 130",
      "cpu_psys undefined:  200 400 600",
    ]);
  });
});

test.each([
  "t_seconds,domain,joules",
  "1.0,intel-rapl:0,cpu_package,package-0,12",
  "1.0,intel-rapl:0,cpu_package,package-0,-12,100",
  "1.0,intel-rapl:0,cpu_package,package-0,1e9,100",
  "1.0,intel-rapl:0,cpu_package,package-0,12.5,100",
  "1.0,intel-rapl:0,gpu,package-0,12,100",
  "-1.0,intel-rapl:0,cpu_package,package-0,12,100",
  "1,0,intel-rapl:0,cpu_package,package-0,12,100",
  "",
])("%j is no row", (line) => {
  expect(parsePowercapRow(line)).toBeUndefined();
  expect(parsePowercapLog(`${line}\n`)).toMatchObject({ quantities: [], badLines: 1 });
});

test("an empty text holds nothing", () => {
  expect(parsePowercapLog("")).toEqual({ quantities: [], elapsedSeconds: 0, badLines: 0, isCut: false });
});

test("what is written is what is read", () => {
  const zones = powercapZones([
    { id: "intel-rapl:0", name: "package-0", rangeMicrojoules: 262_143_328_850 },
    { id: "intel-rapl:1", name: "psys", rangeMicrojoules: undefined },
  ]);
  const sweep = new Map([
    ["intel-rapl:0", { timeSeconds: 1.25, microjoules: 42 }],
    ["intel-rapl:1", { timeSeconds: 1.5, microjoules: undefined }],
  ]);
  const lines = powercapLogRows(zones, sweep).split("\n");
  expect(lines).toEqual([
    "1.250000,intel-rapl:0,cpu_package,package-0,42,262143328850",
    "1.500000,intel-rapl:1,cpu_psys,,,",
    "",
  ]);
  const rows = lines.slice(0, -1).map(parsePowercapRow);
  expect(rows).toEqual(zones.map((zone) => ({ zone, reading: sweep.get(zone.id) })));
});
