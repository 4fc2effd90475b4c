import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { isoWithOffset, rowName, safeName, sessionName } from "../src/names.ts";

test("a safe name keeps letters, digits, dot, underscore and dash, and its length", () => {
  expect(safeName("Person_reID/dense net-121.v2")).toBe("Person_reID-dense-net-121.v2");
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(safeName(name)).toMatch(/^[A-Za-z0-9._-]*$/);
      expect(safeName(name)).toHaveLength(name.length);
      expect(safeName(safeName(name))).toBe(safeName(name));
    }),
    { seed: 42 },
  );
});

test("a session is named by its start in local time", () => {
  expect(sessionName("lr study", new Date(2026, 2, 3, 9, 4, 7))).toBe("20260303_090407_lr-study");
});

test("a row's number has at least three digits", () => {
  const row = { repository: "digits", model: "m/lp", keyHash: "0123456789abcdef" };
  expect(rowName({ ...row, row: 7 })).toBe("007_digits_m-lp_01234567");
  expect(rowName({ ...row, row: 12_345 })).toBe("12345_digits_m-lp_01234567");
});

test.each([
  ["UTC", "2026-03-03T01:14:07.791+00:00"],
  ["Asia/Shanghai", "2026-03-03T09:14:07.791+08:00"],
  ["Asia/Kolkata", "2026-03-03T06:44:07.791+05:30"],
  ["America/St_Johns", "2026-03-02T21:44:07.791-03:30"],
])("a moment in %s is %s", (zone, text) => {
  vi.stubEnv("TZ", zone);
  try {
    expect(isoWithOffset(new Date(Date.UTC(2026, 2, 3, 1, 14, 7, 791)))).toBe(text);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a moment comes back from its text", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1990-01-01"), max: new Date("2200-01-01"), noInvalidDate: true }),
      (moment) => {
        expect(Date.parse(isoWithOffset(moment))).toBe(moment.getTime());
      },
    ),
    { seed: 42 },
  );
});
