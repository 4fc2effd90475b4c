import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RecordsError } from "../src/errors.ts";
import { createSessionDirectory } from "../src/session-directory.ts";

let results = "";
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), "ea-results-"));
});
afterEach(() => rmSync(results, { recursive: true, force: true }));

test("a session has a directory of its own, below results that are made when needed", async () => {
  const below = join(results, "deep", "results");
  expect(await createSessionDirectory(below, "s")).toEqual({ session: "s", directory: join(below, "s") });
  expect(readdirSync(below)).toEqual(["s"]);
});

test("sessions that begin at once never share a directory", async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => createSessionDirectory(results, "s")));
  expect(new Set(made.map(({ directory }) => directory)).size).toBe(5);
  expect(readdirSync(results).sort()).toEqual(["s", "s_2", "s_3", "s_4", "s_5"]);
});

test("a file of that name is not overwritten", async () => {
  writeFileSync(join(results, "s"), "mine");
  expect((await createSessionDirectory(results, "s")).session).toBe("s_2");
  expect(readFileSync(join(results, "s"), "utf8")).toBe("mine");
});

test.each(["file", "file/below"])("results below a file are not writable: %s", async (path) => {
  writeFileSync(join(results, "file"), "");
  const failed = createSessionDirectory(join(results, path), "s");
  await expect(failed).rejects.toThrow(RecordsError);
  await expect(failed).rejects.toMatchObject({ code: "NOT_WRITABLE" });
  await expect(failed).rejects.toThrow(
    `Results directory ${join(results, path)} is not writable: ${join(results, "file")} is not a directory`,
  );
});

test("results where nothing can be made are not writable, and that is told at once", async () => {
  await expect(createSessionDirectory("/proc/nowhere/results", "s")).rejects.toMatchObject({
    code: "NOT_WRITABLE",
    message: expect.stringMatching(/^Results directory \/proc\/nowhere\/results is not writable: E/),
  });
});
