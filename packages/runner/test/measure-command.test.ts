import { expect, onTestFinished, test } from "vitest";
import { measureCommand } from "../src/measure-command.ts";
import type { CommandProcess } from "../src/supervise.ts";
import { meter, metering, packageJoules } from "./meters.ts";
import { newTag, tagged } from "./processes.ts";
import { temporaryDirectory } from "./temporary.ts";

async function shell(
  script: string,
): Promise<{ command: CommandProcess; directory: string; tag: CommandProcess["tag"] }> {
  const directory = await temporaryDirectory();
  const tag = newTag();
  const environment = { PATH: process.env["PATH"] };
  const stdio = ["ignore", "ignore", "ignore"] as const;
  const command = { file: "/bin/sh", args: ["-c", script], workingDirectory: directory, environment, tag, stdio };
  onTestFinished(() => expect(tagged(tag)).toEqual([]));
  return { command, directory, tag };
}

test("a command has its exit, its energy, and what it left behind has ended", async () => {
  const { command, directory } = await shell("sleep 1000 & exit 3");
  const { exit, measured, leftovers } = await measureCommand(command, { meters: [meter()], directory });
  expect(exit).toMatchObject({ exitCode: 3, endedBy: undefined });
  expect(measured.quantities).toEqual([packageJoules(5)]);
  expect(measured.meters[0]?.windowSeconds).toBeGreaterThanOrEqual(exit.durationSeconds);
  expect(leftovers).toEqual({ ended: 1, survivors: [] });
});

test("without meters it just runs", async () => {
  const { command, directory } = await shell("exit 0");
  const { exit, measured } = await measureCommand(command, { meters: [], directory });
  expect(exit.exitCode).toBe(0);
  expect(measured.quantities).toEqual([]);
});

test("a meter that cannot stop leaves nothing behind", async () => {
  const { command, directory } = await shell("sleep 1000 & exit 0");
  const broken = meter({ start: () => Promise.resolve(metering(() => Promise.reject(new Error("disk full")))) });
  await expect(measureCommand(command, { meters: [broken], directory })).rejects.toThrow("disk full");
});
