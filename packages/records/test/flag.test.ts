import { expect, test } from "vitest";
import { Flag } from "../src/flag.ts";

const flag: Flag = { code: "contaminated", severity: "error", message: "somebody else", evidence: { pids: [1, 2] } };

test("evidence may be anything", () => {
  expect(Flag.parse(JSON.parse(JSON.stringify(flag)))).toEqual(flag);
});

test.each([
  ["severity", "fatal"],
  ["evidence", undefined],
  ["code", 7],
])("%s of %s is refused", (field, value) => {
  expect(Flag.safeParse({ ...flag, [field]: value }).success).toBe(false);
});
