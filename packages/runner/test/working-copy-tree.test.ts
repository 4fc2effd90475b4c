import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { copyTree, isInside } from "../src/working-copy-tree.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const signal = new AbortController().signal;

test.each([
  ["/a/b", "/a", true],
  ["/a", "/a", true],
  ["/ab", "/a", false],
  ["/", "/a", false],
  ["/a/..b", "/a", true],
])("%s is inside %s: %j", (path, directory, expected) => {
  expect(isInside(path, directory)).toBe(expected);
});

test("a copy has its own files, with their modes, and nothing of git, caches and what is left out", async () => {
  const root = await temporaryDirectory();
  const [source, target] = [join(root, "source"), join(root, "target")];
  await put(join(source, "train.sh"), "#!/bin/sh\n", 0o755);
  await put(join(source, "lib/a.txt"), "a");
  await put(join(source, ".git/HEAD"), "ref");
  await put(join(source, "lib/__pycache__/a.pyc"), "x");
  await put(join(source, "results/1/plan.json"), "{}");
  execFileSync("mkfifo", [join(source, "pipe")]);
  await copyTree(source, target, { leftOut: [join(source, "results")], signal });
  writeFileSync(join(target, "lib/a.txt"), "b");
  expect(readFileSync(join(source, "lib/a.txt"), "utf8")).toBe("a");
  expect(statSync(join(target, "train.sh")).mode & 0o777).toBe(0o755);
  const there = [".git", "lib/__pycache__", "results", "pipe"].filter((name) => existsSync(join(target, name)));
  expect(there).toEqual([]);
});

test("links that stay inside lead into the copy; those that lead out, relative ones too, where they did", async () => {
  const root = await temporaryDirectory();
  const [source, target] = [join(root, "source"), join(root, "deep/er/target")];
  await put(join(source, "lib/a.txt"), "a");
  await put(join(root, "data/b.txt"), "b");
  await put(join(root, "deep/er/.keep"), "");
  await symlink(join(source, "lib/a.txt"), join(source, "absolute"));
  await symlink("../lib", join(source, "lib/itself"));
  await symlink("../data", join(source, "out"));
  await symlink("nowhere", join(source, "broken"));
  await copyTree(source, target, { leftOut: [], signal });
  expect(readlinkSync(join(target, "absolute"))).toBe("lib/a.txt");
  expect(readlinkSync(join(target, "lib/itself"))).toBe(".");
  expect(readlinkSync(join(target, "out"))).toBe(join(root, "data"));
  expect(readlinkSync(join(target, "broken"))).toBe("nowhere");
});

test("copying ends when it is interrupted", async () => {
  const root = await temporaryDirectory();
  await put(join(root, "source/a.txt"), "a");
  const stopping = new AbortController();
  stopping.abort();
  await expect(
    copyTree(join(root, "source"), join(root, "target"), { leftOut: [], signal: stopping.signal }),
  ).rejects.toBe(stopping.signal.reason);
});
