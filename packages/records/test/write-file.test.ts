import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toJsonText, writeFileAtomically } from "../src/write-file.ts";

let directory = "";
let path = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ea-write-"));
  path = join(directory, "file.json");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("the file has the text, and nothing else is there", async () => {
  await writeFileAtomically(path, "whole é\n");
  expect(readFileSync(path, "utf8")).toBe("whole é\n");
  expect(readdirSync(directory)).toEqual(["file.json"]);
});

test("a reader sees the old text or the new one, never a half", async () => {
  const texts = ["a", "b"].map((letter) => letter.repeat(2_000_000));
  writeFileSync(path, texts[0] ?? "");
  let isWriting = true;
  const written = (async () => {
    for (let round = 1; round <= 10; round += 1) await writeFileAtomically(path, texts[round % 2] ?? "");
    isWriting = false;
  })();
  let reads = 0;
  while (isWriting) {
    const text = await readFile(path, "utf8");
    expect(texts.includes(text)).toBe(true);
    reads += 1;
  }
  await written;
  expect(reads).toBeGreaterThan(5);
});

test("writes of one file at the same time do not mix", async () => {
  const texts = Array.from({ length: 8 }, (_, index) => String(index).repeat(300_000));
  await Promise.all(texts.map((text) => writeFileAtomically(path, text)));
  expect(texts).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(directory)).toEqual(["file.json"]);
});

test("a write that fails leaves what was there, and no temporary file", async () => {
  mkdirSync(path);
  writeFileSync(join(path, "inside"), "old");
  await expect(writeFileAtomically(path, "new")).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readFileSync(join(path, "inside"), "utf8")).toBe("old");
  expect(readdirSync(directory)).toEqual(["file.json"]);
});

test("a directory that does not exist is not made", async () => {
  await expect(writeFileAtomically(join(directory, "missing", "file.json"), "new")).rejects.toThrow("ENOENT");
  expect(readdirSync(directory)).toEqual([]);
});

test("our JSON is indented by two and ends with a newline", () => {
  expect(toJsonText({ a: [1], b: undefined, c: null })).toBe('{\n  "a": [\n    1\n  ],\n  "c": null\n}\n');
});
