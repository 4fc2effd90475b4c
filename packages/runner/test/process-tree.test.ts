import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { processTree } from "../src/process-tree.ts";
import { newTag, startShell, tagged, until, untilWritten } from "./processes.ts";
import { temporaryDirectory } from "./temporary.ts";

test("the leader and its children belong to the tree, with and without the tag", async () => {
  const tag = newTag();
  const shell = startShell("sleep 1000 & wait", tag);
  await until("both live", () => tagged(tag).length === 2);
  expect(processTree({ leader: shell.pid ?? -1, tag: "EARUN_ATTEMPT=other" })).toEqual(tagged(tag));
  expect(tagged(tag)).toContain(shell.pid);
});

test("a descendant that left session and environment belongs to the tree while its parent lives", async () => {
  const tag = newTag();
  const started = join(await temporaryDirectory(), "pid");
  const shell = startShell(`setsid env -i /bin/sh -c 'echo ready $$ > ${started}; exec sleep 1000' & wait`, tag);
  await untilWritten(started);
  const identity = { leader: shell.pid ?? -1, tag: `${tag.name}=${tag.value}` };
  await until("both live", () => processTree(identity).length === 2);
  const pid = Number((await readFile(started, "utf8")).split(" ")[1]);
  expect(await readFile(`/proc/${pid}/environ`, "utf8")).not.toContain(tag.value);
  expect(processTree(identity)).toContain(pid);
});

test("a tag is compared as a whole", async () => {
  const tag = newTag();
  startShell("exec sleep 1000", { name: tag.name, value: `${tag.value}1` });
  const longer = newTag();
  startShell("exec sleep 1000", longer);
  await until("it lives", () => tagged(longer).length === 1);
  await until("the other one lives", () => tagged({ name: tag.name, value: `${tag.value}1` }).length === 1);
  expect(tagged(tag)).toEqual([]);
  for (const pid of tagged({ name: tag.name, value: `${tag.value}1` })) process.kill(pid, "SIGKILL");
});

test("a process that has ended does not belong to the tree", async () => {
  const tag = newTag();
  const shell = startShell("exit 0", tag);
  await once(shell, "exit");
  expect(processTree({ leader: shell.pid ?? -1, tag: `${tag.name}=${tag.value}` })).toEqual([]);
});

test("we are never part of a tree", () => {
  expect(processTree({ leader: process.pid, tag: "EARUN_ATTEMPT=none" })).not.toContain(process.pid);
});
