import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isStopRequested, requestStop, withdrawStop } from "../src/stop-request.ts";

it("is asked for by anybody, keeps the first request, and can be taken back", async () => {
  const directory = mkdtempSync(join(tmpdir(), "ea-stop-"));
  expect(isStopRequested(directory)).toBe(false);
  await requestStop(directory, { now: new Date(0) });
  const first = readFileSync(join(directory, "stop"), "utf8");
  await requestStop(directory, { now: new Date(1e6) });
  expect(isStopRequested(directory)).toBe(true);
  expect(readFileSync(join(directory, "stop"), "utf8")).toBe(first);
  await withdrawStop(directory);
  await withdrawStop(directory);
  expect(readdirSync(directory)).toEqual([]);
});
