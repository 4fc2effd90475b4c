import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { birthmarked, birthmarkOf, unmark } from "../src/birthmark.ts";

const hasPrlimit = spawnSync("prlimit", ["--version"]).status === 0;
const why = hasPrlimit ? "" : " (skipped: no prlimit)";

test.skipIf(!hasPrlimit)(`a child inherits the mark, and this process loses it again${why}`, async () => {
  const usual = birthmarkOf("self");
  const { child, mark } = birthmarked(() => spawnSync("cat", ["/proc/self/limits"], { encoding: "utf8" }).stdout);
  expect(mark).toBeLessThan(usual ?? 0);
  expect(child).toMatch(new RegExp(`^Max msgqueue size +${mark} `, "m"));
  await unmark();
  expect(birthmarkOf("self")).toBe(usual);
});

test.skipIf(!hasPrlimit)(`marks differ, and do not wear the limit down${why}`, async () => {
  const usual = birthmarkOf("self") ?? 0;
  const marks = Array.from({ length: 5 }, () => birthmarked(() => 1).mark ?? 0);
  expect(new Set(marks).size).toBe(5);
  expect(Math.min(...marks)).toBeGreaterThan(usual / 2 - 2);
  await unmark();
});

test("a process that is gone has none", () => {
  expect(birthmarkOf(2 ** 22 + 1)).toBeUndefined();
});
