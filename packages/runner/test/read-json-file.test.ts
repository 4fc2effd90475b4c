import { join } from "node:path";
import { expect, test } from "vitest";
import { readJsonFile } from "../src/read-json-file.ts";
import { put, temporaryDirectory } from "./temporary.ts";

async function read(content: string): Promise<unknown> {
  const path = await put(join(await temporaryDirectory(), "file.json"), content);
  return readJsonFile(path, "file.json");
}

test("comment keys are dropped, however deep", async () => {
  const text = '{"_note": 1, "comment": "c", "a": [{"description": {}, "b": 2, "_": 0}], "comments": 3, "a_b": null}';
  expect(await read(text)).toEqual({ a: [{ b: 2 }], comments: 3, a_b: null });
});

test("a key __proto__ is refused, not dropped as a comment", async () => {
  await expect(read('{"models": [{"__proto__": {"type": "int"}}]}')).rejects.toThrow(
    'models.0.__proto__: expected another name, found "__proto__"',
  );
});

test("a byte order mark does no harm", async () => {
  expect(await read('\uFEFF{"a": 1}')).toEqual({ a: 1 });
});

test.each([
  ['{\n  "a": 1,\n}', "3:1"],
  ['{"a": 1\n "b": 2}', "2:2"],
  ['{"a": [1,]}', "1:10"],
  ['{"a":}', "1:6"],
  ['{\n  "a": tru\n}', "2:11"],
  ['{"a": 1} x', "1:10"],
  ['{"a": 1', "1:8"],
  ['{"a": "x', "1:9"],
  ["", "1:1"],
  ["{a: 1}", "1:2"],
  ["\uFEFF{a: 1}", "1:2"],
  ['{"a": NaN}', "1:7"],
  ['{"a": "\n"}', "1:8"],
  ["# comment", "1:1"],
])("%j is wrong at %s", async (text, position) => {
  await expect(read(text)).rejects.toMatchObject({ code: "CONFIG", problems: [{ file: `file.json:${position}` }] });
});

test("what the parser says is told", async () => {
  await expect(read("[1,")).rejects.toThrow("file.json:1:4: expected JSON: Unexpected end of JSON input");
});

test("a file that is not there, and a directory in its place", async () => {
  const directory = await temporaryDirectory();
  await expect(readJsonFile(join(directory, "no.json"), "no.json")).rejects.toThrow(
    "no.json: expected a readable file, found no such file",
  );
  await expect(readJsonFile(directory, "config")).rejects.toThrow(
    "config: expected a readable file, found a directory",
  );
});
