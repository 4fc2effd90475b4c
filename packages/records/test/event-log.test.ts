import { appendFileSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEventLog, readEventLog } from "../src/event-log.ts";

let session = "";
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "ea-session-"));
});
afterEach(() => rmSync(session, { recursive: true, force: true }));

const writer = { host: "node 1/a", pid: 77 };
const events = [
  { type: "row-started", row: 1 },
  { type: "row-finished", row: 1, text: "é\n" },
];

test("what is added can be read at once", async () => {
  const log = await openEventLog(session, writer);
  for (const event of events) log.add(event);
  expect(await readEventLog(log.path)).toEqual(events);
  log.close();
  log.close();
  expect(readdirSync(join(session, "events"))).toEqual(["node-1-a-77.jsonl"]);
});

test("a later process with the same pid has a log of its own", async () => {
  const logs = [await openEventLog(session, writer), await openEventLog(session, writer)];
  for (const [index, log] of logs.entries()) log.add({ index });
  for (const log of logs) log.close();
  expect(readdirSync(join(session, "events")).sort()).toEqual(["node-1-a-77.jsonl", "node-1-a-77_2.jsonl"]);
  expect(await readEventLog(logs[1]?.path ?? "")).toEqual([{ index: 1 }]);
});

test.each([1, 5, 20])("without its last %i bytes a log has its whole lines", async (bytes) => {
  const log = await openEventLog(session, writer);
  for (const event of [...events, ...events]) log.add(event);
  log.close();
  const length = Buffer.byteLength([...events, ...events].map((event) => `${JSON.stringify(event)}\n`).join(""));
  truncateSync(log.path, length - bytes);
  expect(await readEventLog(log.path)).toEqual([...events, events[0]]);
});

test.each(["broken", "[]", "1"])("another line that reads %s is told with its number", async (line) => {
  const path = join(session, "log.jsonl");
  writeFileSync(path, `{"a":1}\n${line}\n`);
  appendFileSync(path, '{"b":1}\n');
  await expect(readEventLog(path)).rejects.toMatchObject({
    code: "BAD_RECORD",
    message: expect.stringMatching(/jsonl:2: /),
  });
});

test("after a line that could not be written there is no other one", async () => {
  const log = await openEventLog(session, writer);
  expect(() => log.add({ big: 1n })).toThrow(TypeError);
  log.add({ a: 1 });
  expect(await readEventLog(log.path)).toEqual([]);
});
