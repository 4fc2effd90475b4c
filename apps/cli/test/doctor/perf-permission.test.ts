import { expect, it } from "vitest";
import { PARANOID_FIX, perfPermission } from "../../src/doctor/perf-permission.ts";

const NONE = "CapEff:\t0000000000000000\n";
const PERFMON = `CapEff:\t${(1n << 38n).toString(16).padStart(16, "0")}\n`;
const ADMIN = "Name:\tnode\nCapEff:\t000001ffffffffff\n";

it.each([
  ["-1\n", NONE, "ok", "every user"],
  ["0\n", undefined, "ok", "every user"],
  ["2\n", PERFMON, "ok", "CAP_PERFMON"],
  ["4\n", ADMIN, "ok", "CAP_PERFMON"],
  ["4\n", `CapEff:\t${(1n << 21n).toString(16)}\n`, "ok", "CAP_SYS_ADMIN"],
  [undefined, ADMIN, "unknown", "no perf_event_paranoid"],
  ["nonsense", ADMIN, "unknown", "no perf_event_paranoid"],
])("level %j with %j is %s", (paranoid, status, expected, words) => {
  const condition = perfPermission(paranoid, status);
  expect(condition.status).toBe(expected);
  expect(condition.finding).toContain(words);
  expect(condition.fix).toBeUndefined();
});

it.each(["1\n", "2\n", "4\n"])("level %j without a capability needs the sysctl", (paranoid) => {
  expect(perfPermission(paranoid, NONE)).toMatchObject({ status: "attention", fix: PARANOID_FIX });
  expect(perfPermission(paranoid, undefined)).toMatchObject({ status: "attention", fix: PARANOID_FIX });
});
