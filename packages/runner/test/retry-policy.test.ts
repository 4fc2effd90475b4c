import { FailureClass } from "@ea/records";
import { expect, test } from "vitest";
import { isRetried } from "../src/retry-policy.ts";

const retried = (options: Parameters<typeof isRetried>[1]) =>
  FailureClass.options.filter((failureClass) => isRetried(failureClass, options));

test("crashes and missing metrics are retried, time-outs only when asked for", () => {
  expect(retried({ retryTimeouts: false })).toEqual(["crash", "no-metric"]);
  expect(retried({ retryTimeouts: true })).toEqual(["timeout", "stalled", "crash", "no-metric"]);
});

test.each([
  ["EAGAIN", true],
  ["ENOMEM", true],
  ["EMFILE", true],
  ["ETXTBSY", true],
  ["ENOENT", false],
  ["EACCES", false],
  ["ERR_INVALID_ARG_VALUE", false],
])("a start that failed with %s: %j", (code, expected) => {
  const spawnError = Object.assign(new Error(code), { code });
  expect(isRetried("spawn", { retryTimeouts: false, spawnError })).toBe(expected);
});
