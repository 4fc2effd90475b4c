import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { birthmarked, birthmarkOf } from "../src/birthmark.ts";

const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;
const why = hasPrlimit ? "" : " (skipped: no prlimit)";

test.skipIf(!hasPrlimit)(`a child inherits the mark, and this process loses it again${why}`, () => {
  const usual = birthmarkOf("self");
  const { child, mark } = birthmarked(() => spawnSync("cat", ["/proc/self/limits"], { encoding: "utf8" }).stdout);
  expect(mark).toBeLessThan(usual ?? 0);
  expect(child).toMatch(new RegExp(`^Max msgqueue size +${mark} `, "m"));
  expect(birthmarkOf("self")).toBe(usual);
});

test.skipIf(!hasPrlimit)(`two marks differ${why}`, () => {
  expect(birthmarked(() => 1).mark).not.toBe(birthmarked(() => 1).mark);
});

test.skipIf(!hasPrlimit)(`what throws leaves no mark behind${why}`, () => {
  const usual = birthmarkOf("self");
  expect(() =>
    birthmarked(() => {
      throw new Error("no such program");
    }),
  ).toThrow("no such program");
  expect(birthmarkOf("self")).toBe(usual);
});

test("a process that is gone has none", () => {
  expect(birthmarkOf(2 ** 22 + 1)).toBeUndefined();
});
