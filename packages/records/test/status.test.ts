import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readStatus, type StatusJson, writeStatus } from "../src/status.ts";
import { toJsonText } from "../src/write-file.ts";

let session = "";
beforeEach(() => {
  session = mkdtempSync(join(tmpdir(), "ea-session-"));
});
afterEach(() => rmSync(session, { recursive: true, force: true }));

const STATUS: StatusJson = {
  schema_version: 1,
  session: "s",
  state: "running",
  updated_at: "2026-11-23T17:47:23.000+00:00",
  writer: { host: "node1", boot_id: "b", pid_namespace: "pid:[1]", pid: 7, process_start_ticks: "100" },
  planned: 5,
  completed: 1,
  failed: 1,
  suspect: 0,
  current: { row: 2, experiment_id: "s_002", attempt: null, since: "2026-11-23T17:47:23.000+00:00" },
  readings: [{ name: "gpu", device: "GPU-1", power_watts: 243, temperature_celsius: 61, utilization_percent: null }],
};

test("a status is read as it was written, and the next one replaces it", async () => {
  writeStatus(session, STATUS);
  expect(await readStatus(session)).toEqual(STATUS);
  writeStatus(session, { ...STATUS, completed: 2, current: null });
  expect(await readStatus(session)).toMatchObject({ completed: 2, current: null });
  expect(readdirSync(session)).toEqual(["status.json"]);
});

test("fields that we do not know are kept", async () => {
  writeFileSync(join(session, "status.json"), toJsonText({ ...STATUS, estimate: 7 }));
  expect(await readStatus(session)).toMatchObject({ estimate: 7 });
});
