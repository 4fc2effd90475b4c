import { join } from "node:path";
import { expect, test } from "vitest";
import { machineMemory } from "../src/machine-memory.ts";
import { gpu } from "./meters.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const governorOf = (cpus: string, name: string) => put(join(cpus, "cpu0/cpufreq/scaling_governor"), `${name}\n`);

test("a governor that is another one than for the run before is told, once", async () => {
  const cpuDirectory = await temporaryDirectory();
  await governorOf(cpuDirectory, "powersave");
  const { changes } = machineMemory({ cpuDirectory });
  expect(await changes([])).toEqual([]);
  await governorOf(cpuDirectory, "performance");
  expect(await changes([])).toEqual([
    {
      code: "governor-changed",
      severity: "warning",
      message: "the CPU frequency governor was powersave for the run before, and is performance now",
      evidence: { before: "powersave", now: "performance" },
    },
  ]);
  expect(await changes([])).toEqual([]);
});

test("so is a power limit", async () => {
  const { changes } = machineMemory({ cpuDirectory: "/nowhere" });
  expect(await changes([gpu()])).toEqual([]);
  expect(await changes([{ ...gpu(), powerLimitWatts: undefined }])).toEqual([]);
  expect(await changes([{ ...gpu(), powerLimitWatts: 300 }])).toMatchObject([
    { code: "power-limit-changed", evidence: { device: "GPU-1", beforeWatts: 700, nowWatts: 300 } },
  ]);
});
