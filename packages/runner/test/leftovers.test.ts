import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { SessionEvent } from "../src/events.ts";
import { endLeftovers } from "../src/leftovers.ts";
import { thisProcess } from "../src/process-identity.ts";
import { cgroupState, makeTrainingCgroup } from "../src/training-cgroup.ts";
import { until } from "./processes.ts";

const { isUsable, reason } = cgroupState();
const why = isUsable ? "" : ` (skipped: ${reason})`;

test.skipIf(!isUsable)(`a daemon of a dead session that only its group knows is ended${why}`, async () => {
  const tag = randomUUID();
  const group = makeTrainingCgroup(`${tag}.3.1`);
  const daemon = group?.spawnInside(() => spawn("sleep", ["1000"], { stdio: "ignore", env: {} }));
  await until("it is there", () => group?.pids().length === 1);
  const here = thisProcess();
  const events: SessionEvent[] = [];
  const claim = { ...here, process_start_ticks: "1", tag, claimed_at: "2026-11-23T17:47:23+00:00" };
  await endLeftovers([claim], here, (event) => events.push(event));
  await until("it has ended", () => daemon?.signalCode !== null);
  expect(events).toMatchObject([{ type: "warning", code: "leftovers" }]);
  expect(existsSync(group?.path ?? "/")).toBe(false);
});

test.skipIf(!isUsable)(`that of a session that lives is left alone${why}`, async () => {
  const tag = randomUUID();
  const group = makeTrainingCgroup(`${tag}.3.1`);
  const here = thisProcess();
  const events: SessionEvent[] = [];
  const onEvent = (event: SessionEvent) => events.push(event);
  await endLeftovers([{ ...here, tag, claimed_at: "2026-11-23T17:47:23+00:00" }], here, onEvent);
  expect(events).toEqual([]);
  expect(existsSync(group?.path ?? "")).toBe(true);
  await group?.remove();
});
