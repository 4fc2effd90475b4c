import { expect, test } from "vitest";
import { joulesOf, sessionGuard } from "../src/session-guard.ts";

const HOUR_MS = 3_600_000;

type Counted = Parameters<ReturnType<typeof sessionGuard>["add"]>[0];

const ended = (fields: Partial<Counted>, durationSeconds = 1): Counted => ({
  status: "success",
  joules: 0,
  work: { durationSeconds },
  ...fields,
});
const failed = (durationSeconds?: number) => ended({ status: "failed" }, durationSeconds);

/** The reason after these rows, at so many hours. */
function reasonAfter(
  rows: readonly Counted[],
  settings: Partial<Parameters<typeof sessionGuard>[0]> = {},
  { before = [], hours = 0 }: { readonly before?: readonly Counted[]; readonly hours?: number } = {},
) {
  const guard = sessionGuard(
    { maxJoules: undefined, maxHours: undefined, maxFastFailures: 3, ...settings },
    { startMs: HOUR_MS, ended: before },
  );
  for (const row of rows) guard.add(row);
  return guard.reason((1 + hours) * HOUR_MS);
}

test("three fast failures in a row are a reason", () => {
  expect(reasonAfter([failed(), failed()])).toBeUndefined();
  expect(reasonAfter([failed(), failed(), failed(9)])).toBe(
    "3 runs in a row failed within 10 s each: something is wrong with all of them",
  );
});

test.each([
  ["a success between them", [failed(), failed(), ended({}), failed()]],
  ["a slow failure between them", [failed(), failed(), failed(10), failed()]],
  ["suspect runs", [1, 2, 3].map(() => ended({ status: "suspect" }))],
])("%s: none", (_, rows) => {
  expect(reasonAfter(rows)).toBeUndefined();
});

test("the breaker can be switched off, and set", () => {
  const rows = [failed(), failed(), failed(), failed()];
  expect(reasonAfter(rows, { maxFastFailures: 0 })).toBeUndefined();
  expect(reasonAfter(rows, { maxFastFailures: 5 })).toBeUndefined();
  expect(reasonAfter(rows, { maxFastFailures: 4 })).toMatch(/^4 runs/);
});

test("energy counts from the session's first row on", () => {
  const before = [ended({ joules: 600 })];
  expect(reasonAfter([ended({ joules: 399 })], { maxJoules: 1000 }, { before })).toBeUndefined();
  expect(reasonAfter([ended({ joules: 400 })], { maxJoules: 1000 }, { before })).toBe(
    "the session has used 1000 J (0.000278 kWh) of the 1000 J that it may",
  );
});

test("time counts from the start of the process", () => {
  expect(reasonAfter([], { maxHours: 2 }, { hours: 1.99 })).toBeUndefined();
  expect(reasonAfter([], { maxHours: 2 }, { hours: 2 })).toBe("2.00 h have passed of the 2 h that it may take");
});

test("the joules of a row are those of all its attempts, each once, and no estimates", () => {
  const energy = [
    { name: "cpu_package", value: 1 },
    { name: "dram", value: 2 },
    { name: "gpu", value: 4 },
    { name: "gpu", value: null },
    { name: "cpu_psys", value: 100 },
    { name: "gpu_net", value: 100 },
    { name: "cpu_estimate", value: 100 },
  ];
  expect(joulesOf({ attempts: [{ energy }, { energy }] })).toBe(14);
});
