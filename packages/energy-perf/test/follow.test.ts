import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { followLines } from "../src/follow.ts";

let directory = "";
let path = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ea-follow-"));
  path = join(directory, "raw.txt");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function linesOf(signal: AbortSignal, file = path): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of followLines(file, { intervalMs: 1, signal })) lines.push(line);
  return lines;
}

test("a file that exists is read to its end, also when nobody waits for more", async () => {
  writeFileSync(path, "one\ntwo\n");
  expect(await linesOf(AbortSignal.abort())).toEqual(["one", "two"]);
});

test("a last line without its newline is cut, and left out", async () => {
  writeFileSync(path, "one\ntw");
  expect(await linesOf(AbortSignal.abort())).toEqual(["one"]);
});

test("a file that never comes has no lines", async () => {
  expect(await linesOf(AbortSignal.abort())).toEqual([]);
});

test("lines come while the file grows, each once and whole", async () => {
  const controller = new AbortController();
  const read = linesOf(controller.signal);
  for (const piece of ["on", "e\ntwo\nth", "ree", "\n"]) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    appendFileSync(path, piece);
  }
  controller.abort();
  expect(await read).toEqual(["one", "two", "three"]);
});

test("the size of the pieces never changes the lines, bytes beyond ASCII included", async () => {
  const pieces = fc.array(fc.stringMatching(/^[a-zä€\n;]{0,12}$/), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 0, max: 3 }), async (texts, pauseMs) => {
      const file = join(directory, `${performance.now()}`);
      const controller = new AbortController();
      const read = linesOf(controller.signal, file);
      for (const text of texts) {
        appendFileSync(file, text);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
      controller.abort();
      const lines = texts.join("").split("\n").slice(0, -1);
      expect((await read).map((line) => Buffer.from(line, "latin1").toString("utf8"))).toEqual(lines);
    }),
    { seed: 42, numRuns: 40 },
  );
});
