import { readFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openBackgroundLog } from "../src/background-log.ts";
import { until } from "./processes.ts";
import { temporaryDirectory } from "./temporary.ts";

const LIMITS = { maxBytes: 1000, headBytes: 100, lookMs: 10 };

test("a log keeps its beginning and what was written last", async () => {
  const path = join(await temporaryDirectory(), "background.log");
  const log = openBackgroundLog(path, LIMITS);
  writeSync(log.fd, `begin${"x".repeat(5000)}`);
  await until("it is shortened", () => log.droppedBytes() > 0);
  writeSync(log.fd, "end\n");
  log.close();
  const text = readFileSync(path, "utf8");
  expect(text.startsWith(`begin${"x".repeat(95)}[ea] 4905 bytes were left out here\n`)).toBe(true);
  expect(text.endsWith("end\n")).toBe(true);
  expect([log.droppedBytes(), log.problem()]).toEqual([4905, undefined]);
});

test("a log that cannot be written to says so when it is asked", async () => {
  const log = openBackgroundLog(join(await temporaryDirectory(), "background.log"), LIMITS);
  log.close();
  log.note("too late");
  expect(log.problem()).toMatchObject({ code: "EBADF" });
});

test("a log is no other attempt's", async () => {
  const path = join(await temporaryDirectory(), "background.log");
  const log = openBackgroundLog(path);
  onTestFinished(() => log.close());
  expect(() => openBackgroundLog(path)).toThrow(/EEXIST/);
});
