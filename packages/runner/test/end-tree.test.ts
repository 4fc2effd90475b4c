import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endTree } from "../src/end-tree.ts";
import { newTag, startShell, tagged, until, untilWritten } from "./processes.ts";
import { temporaryDirectory } from "./temporary.ts";

const identityOf = ({ name, value }: { readonly name: string; readonly value: string }) => ({
  leader: -1,
  tag: `${name}=${value}`,
});

test("nothing to end is nothing ended", async () => {
  expect(await endTree(identityOf(newTag()), 3600)).toEqual({ ended: 0, survivors: [] });
});

test("processes that obey SIGTERM end within the grace period", async () => {
  const tag = newTag();
  const shell = startShell("sleep 1000 & wait", tag);
  const exited = once(shell, "exit");
  await until("both live", () => tagged(tag).length === 2);
  expect(await endTree(identityOf(tag), 3600)).toEqual({ ended: 2, survivors: [] });
  expect(await exited).toEqual([null, "SIGTERM"]);
});

test("processes that ignore SIGTERM are killed after it", async () => {
  const tag = newTag();
  const file = join(await temporaryDirectory(), "started");
  const shell = startShell(`trap '' TERM; echo ready > ${file}; while :; do sleep 1000; done`, tag);
  const exited = once(shell, "exit");
  await untilWritten(file);
  expect(await endTree(identityOf(tag), 0.1)).toMatchObject({ survivors: [] });
  expect(await exited).toEqual([null, "SIGKILL"]);
  expect(tagged(tag)).toEqual([]);
});

test("haste cuts the grace period short, also when it comes later", async () => {
  const tag = newTag();
  const file = join(await temporaryDirectory(), "started");
  startShell(`trap 'echo asked >> ${file}' TERM; echo ready > ${file}; while :; do sleep 0.1; done`, tag);
  await untilWritten(file);
  const hurry = new AbortController();
  const ending = endTree(identityOf(tag), 3600, hurry.signal);
  await untilWritten(file, "asked");
  hurry.abort();
  expect(await ending).toMatchObject({ survivors: [] });
  expect(tagged(tag)).toEqual([]);
});
