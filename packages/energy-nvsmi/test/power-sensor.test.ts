import { expect, test } from "vitest";
import { parseQuery } from "../src/parse-query.ts";
import { describeSensor, powerColumn, sensorDelay } from "../src/power-sensor.ts";

type Power = string | undefined;
/** Rows every 20 ms: `power.draw`, `.instant`, `.average`. */
function rows(powers: readonly (readonly [Power, Power, Power])[]): ReturnType<typeof parseQuery>["samples"] {
  const lines = powers.map((cells, index) => {
    const stamp = `2026/03/03 09:14:0${Math.floor(index / 50)}.${String((index % 50) * 20).padStart(3, "0")}`;
    return [stamp, "GPU-a", ...cells.map((cell) => cell ?? "[N/A]")].join(", ");
  });
  const header = "timestamp, uuid, power.draw [W], power.draw.instant [W], power.draw.average [W]";
  return parseQuery(`${[header, ...lines].join("\n")}\n`).samples;
}
/** A value that changes every `steps` rows. */
const wave = (index: number, steps: number, base: number): string =>
  (base + (Math.floor(index / steps) % 7)).toFixed(2);
const hundred = Array.from({ length: 100 }, (_, index) => index);

test("power.draw that equals the average is one, as on a 3090 or an H100", () => {
  const samples = rows(hundred.map((i) => [wave(i, 5, 100), wave(i, 5, 120), wave(i, 5, 100)]));
  expect(describeSensor(samples)).toEqual({ column: "power.draw", kind: "average", updatePeriodMs: 100 });
});

test("power.draw that equals the instant power is that, also when it is one row behind, as on an A100", () => {
  const samples = rows(hundred.map((i) => [wave(Math.max(0, i - 1), 5, 100), wave(i, 5, 100), undefined]));
  expect(describeSensor(samples)).toEqual({ column: "power.draw", kind: "instant", updatePeriodMs: 100 });
});

test("power that all columns agree on, and power without company, may be either", () => {
  expect(describeSensor(rows(hundred.map(() => ["70.00", "70.00", "70.00"])))).toEqual({
    column: "power.draw",
    kind: "unknown",
    updatePeriodMs: undefined,
  });
  const alone = rows(hundred.map((i) => [wave(i, 5, 100), undefined, undefined]));
  expect(describeSensor(alone)).toMatchObject({ kind: "unknown", updatePeriodMs: 100 });
});

test("without power.draw another column says by its name what it is", () => {
  const instant = rows(hundred.map((i) => [undefined, wave(i, 5, 100), undefined]));
  expect(describeSensor(instant)).toMatchObject({ column: "power.draw.instant", kind: "instant" });
  const average = rows(hundred.map((i) => [undefined, undefined, wave(i, 5, 100)]));
  expect(describeSensor(average)).toMatchObject({ column: "power.draw.average", kind: "average" });
});

test("without any power there is no sensor", () => {
  expect(describeSensor(rows([[undefined, undefined, undefined]]))).toBeUndefined();
  expect(powerColumn([])).toBeUndefined();
});

test("a mean over a second is half a second late, and smears steps", () => {
  const sensor = { column: "power.draw", updatePeriodMs: 100 } as const;
  expect(sensorDelay({ ...sensor, kind: "instant" })).toEqual({ shiftMs: 50, uncertaintyMs: 50 });
  expect(sensorDelay({ ...sensor, kind: "average" })).toEqual({ shiftMs: 550, uncertaintyMs: 175 });
  expect(sensorDelay({ ...sensor, kind: "unknown" })).toEqual({ shiftMs: 300, uncertaintyMs: 425 });
  expect(sensorDelay({ ...sensor, kind: "instant", updatePeriodMs: undefined })).toEqual({
    shiftMs: 0,
    uncertaintyMs: 0,
  });
});
