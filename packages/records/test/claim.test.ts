import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ClaimJson, claimHolder, claimRow, type RowClaim } from "../src/claim.ts";

let row = "";
beforeEach(() => {
  row = mkdtempSync(join(tmpdir(), "ea-row-"));
});
afterEach(() => rmSync(row, { recursive: true, force: true }));

const claimBy = (pid: number): ClaimJson => ({
  host: "node1",
  boot_id: "b",
  pid_namespace: "pid:[1]",
  pid,
  process_start_ticks: "100",
  tag: `tag-${pid}`,
  claimed_at: "2026-11-23T17:47:23.000+00:00",
});
const isOurs = (result: Awaited<ReturnType<typeof claimRow>>): result is RowClaim => "release" in result;
const nobodyIsGone = (): boolean => false;

test("a row is claimed once; the others are told who has it", async () => {
  expect(isOurs(await claimRow(row, claimBy(1), nobodyIsGone))).toBe(true);
  expect(await claimRow(row, claimBy(2), nobodyIsGone)).toEqual({ holder: claimBy(1) });
  expect(await claimHolder(row)).toMatchObject({ claim: claimBy(1) });
  expect(readdirSync(row)).toEqual(["claim"]);
});

test("of many that claim it at once exactly one gets it", async () => {
  const results = await Promise.all(Array.from({ length: 20 }, (_, pid) => claimRow(row, claimBy(pid), nobodyIsGone)));
  expect(results.filter(isOurs)).toHaveLength(1);
});

test("of many that see the same dead claim exactly one gets the row, and never from another living one", async () => {
  for (let dead = 0; dead < 5; dead += 1) {
    const isGone = (holder: ClaimJson | undefined): boolean => holder?.pid === dead * 100;
    await claimRow(row, claimBy(dead * 100), () => true);
    const contenders = Array.from({ length: 20 }, (_, index) => claimRow(row, claimBy(dead * 100 + index + 1), isGone));
    const results = await Promise.all(contenders);
    const [winner, ...more] = results.filter(isOurs);
    expect(more).toEqual([]);
    expect(winner?.superseded.at(-1)).toEqual(claimBy(dead * 100));
    await winner?.release();
  }
});

test("a row that was given back is free, and the claims of the dead stay as a trace", async () => {
  await claimRow(row, claimBy(1), nobodyIsGone);
  const second = await claimRow(row, claimBy(2), ({ pid } = claimBy(0)) => pid === 1);
  expect(isOurs(second)).toBe(true);
  expect(readdirSync(row).sort()).toEqual(["claim", "claim.2"]);
  if (isOurs(second)) await second.release();
  expect(readdirSync(row)).toEqual(["claim"]);
  expect(isOurs(await claimRow(row, claimBy(3), ({ pid } = claimBy(0)) => pid === 1))).toBe(true);
});

test.each(["", "{", "[]", '{"pid":1}'])("a claim that reads %j is somebody's, and nobody knows whose", async (text) => {
  writeFileSync(join(row, "claim"), text);
  expect(await claimRow(row, claimBy(2), (holder) => holder !== undefined)).toEqual({ holder: undefined });
  expect(isOurs(await claimRow(row, claimBy(2), (holder) => holder === undefined))).toBe(true);
});

test("fields of a claim that we do not know are kept", async () => {
  await claimRow(row, { ...claimBy(1), slurm_job: 77 }, nobodyIsGone);
  expect(await claimRow(row, claimBy(2), nobodyIsGone)).toMatchObject({ holder: { slurm_job: 77 } });
});
