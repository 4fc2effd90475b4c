import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mirrorDetector } from "../src/mirrored-zones.ts";
import { type PowercapZone, powercapZones } from "../src/powercap-zones.ts";

const RANGE = 262_143_328_850;
type Values = Readonly<Record<string, number | undefined>>;

function zonesNamed(...names: readonly string[]): readonly PowercapZone[] {
  return powercapZones(names.map((name, index) => ({ id: `intel-rapl:${index}`, name, rangeMicrojoules: RANGE })));
}

/** One sweep a second; within it, zone after zone is read `skewSeconds` later. */
function mirrorsOf(zones: readonly PowercapZone[], sweeps: readonly Values[], skewSeconds = 0.000_05): object {
  const detector = mirrorDetector(zones);
  sweeps.forEach((values, second) => {
    const readings = zones.map(({ id, device = "" }, index) => {
      const timeSeconds = second + index * skewSeconds;
      return [id, { timeSeconds, microjoules: values[device] }] as const;
    });
    detector.add(new Map(readings));
  });
  return Object.fromEntries(detector.mirrors());
}

const DIES = zonesNamed("package-0-die-0", "package-0-die-1");
const SOCKETS = zonesNamed("package-0", "package-1");
const dies = (a: number, b: number): Values => ({ "package-0-die-0": a * 1e6, "package-0-die-1": b * 1e6 });
const sockets = (a: number, b: number): Values => ({ "package-0": a * 1e6, "package-1": b * 1e6 });

test("dies that show one counter: the later one is a mirror of the first", () => {
  expect(mirrorsOf(DIES, [dies(1000, 1000), dies(1068, 1068)])).toEqual({ "intel-rapl:1": "intel-rapl:0" });
});

test("the counter may advance between the two readings of it", () => {
  const sweeps = [dies(1000, 1000.07), dies(1068, 1068), dies(1136, 1136.07)];
  expect(mirrorsOf(DIES, sweeps)).toEqual({ "intel-rapl:1": "intel-rapl:0" });
});

test("the longer the time between the readings, the further apart the values may be", () => {
  const sweeps = [dies(1000, 1013.6), dies(1068, 1081.6)];
  expect(mirrorsOf(DIES, sweeps, 0.2)).toEqual({ "intel-rapl:1": "intel-rapl:0" });
  expect(mirrorsOf(DIES, [...sweeps, dies(1136, 1346)])).toEqual({});
});

test("four dies that show one counter are three mirrors of the first", () => {
  const zones = zonesNamed("package-0-die-0", "package-0-die-1", "package-0-die-2", "package-0-die-3");
  const all = (joules: number): Values => Object.fromEntries(zones.map(({ device = "" }) => [device, joules * 1e6]));
  expect(mirrorsOf(zones, [all(10), all(20)])).toEqual({
    "intel-rapl:1": "intel-rapl:0",
    "intel-rapl:2": "intel-rapl:0",
    "intel-rapl:3": "intel-rapl:0",
  });
});

test("a value just before its wrap and one just after it are close", () => {
  const wrap = (RANGE + 1) / 1e6;
  const sweeps = [dies(wrap - 68.03, wrap - 68.03), dies(wrap - 0.03, 0.04), dies(67.97, 68.04)];
  expect(mirrorsOf(DIES, sweeps)).toEqual({ "intel-rapl:1": "intel-rapl:0" });
});

test("dies with counters of their own are both metered, however alike they count", () => {
  expect(mirrorsOf(DIES, [dies(1000, 1030), dies(1068, 1098.1), dies(1136, 1166)])).toEqual({});
});

test("two sockets are never mirrors for being close", () => {
  expect(mirrorsOf(SOCKETS, [sockets(1000, 1000.01), sockets(1068, 1068.01), sockets(1136, 1136.03)])).toEqual({});
});

test("two zones that show the same microjoules at every reading are one counter, whatever they are called", () => {
  expect(mirrorsOf(SOCKETS, [sockets(1000, 1000), sockets(1068, 1068)])).toEqual({ "intel-rapl:1": "intel-rapl:0" });
});

test("two zones that advance by the same microjoules every time are one counter with an offset", () => {
  const sweeps = [sockets(1000, 5000), sockets(1068.1, 5068.1), sockets(1137.3, 5137.3)];
  expect(mirrorsOf(SOCKETS, sweeps)).toEqual({ "intel-rapl:1": "intel-rapl:0" });
  expect(mirrorsOf(SOCKETS, sweeps.slice(0, 2))).toEqual({});
  expect(mirrorsOf(SOCKETS, [...sweeps, sockets(1200, 5200.01)])).toEqual({});
});

test("counters that stand still are dead, and no mirrors", () => {
  expect(mirrorsOf(DIES, [dies(0, 0), dies(0, 0), dies(0, 0)])).toEqual({});
});

test("one reading tells nothing, and a failed one neither", () => {
  expect(mirrorsOf(DIES, [dies(1000, 1000)])).toEqual({});
  const failed = { "package-0-die-0": 1068e6, "package-0-die-1": undefined };
  expect(mirrorsOf(DIES, [dies(1000, 1000), failed, dies(1136, 1136)])).toEqual({ "intel-rapl:1": "intel-rapl:0" });
});

test("DRAM mirrors no package, and zones of another range no zone", () => {
  const named = powercapZones([
    { id: "intel-rapl:0", name: "package-0", rangeMicrojoules: RANGE },
    { id: "intel-rapl:0:0", name: "dram", rangeMicrojoules: RANGE },
    { id: "intel-rapl:1", name: "package-1", rangeMicrojoules: 65_712_999_613 },
  ]);
  const detector = mirrorDetector(named);
  for (const second of [0, 1, 2]) {
    const reading = { timeSeconds: second, microjoules: 1e9 + second * 5e7 };
    detector.add(new Map(named.map(({ id }) => [id, reading])));
  }
  expect(detector.mirrors().size).toBe(0);
});

test("two sockets of any power and any past are two", () => {
  const socket = fc.record({
    start: fc.integer({ min: 0, max: RANGE }),
    steps: fc.array(fc.integer({ min: 20_000_000, max: 200_000_000 }), { minLength: 3, maxLength: 3 }),
  });
  const valuesOf = ({ start, steps }: { start: number; steps: number[] }): number[] =>
    steps.reduce((values, step) => [...values, ((values.at(-1) ?? 0) + step) % (RANGE + 1)], [start]);
  fc.assert(
    fc.property(socket, socket, (a, b) => {
      fc.pre(a.start !== b.start && a.steps[0] !== b.steps[0]);
      const [valuesA, valuesB] = [valuesOf(a), valuesOf(b)];
      const sweeps = valuesA.map((value, index) => ({ "package-0": value, "package-1": valuesB[index] }));
      expect(mirrorsOf(SOCKETS, sweeps)).toEqual({});
    }),
    { seed: 42 },
  );
});
