import { expect, it } from "vitest";
import { stamped } from "../../src/live/stamped.ts";

it("puts the moment before each line that has something in it", () => {
  let written = "";
  const write = stamped(
    (text) => {
      written += text;
    },
    () => new Date(2026, 10, 24, 13, 5, 12),
  );
  write("one\n\ntwo\n");
  expect(written).toBe("2026-11-24 13:05:12 one\n\n2026-11-24 13:05:12 two\n");
});
