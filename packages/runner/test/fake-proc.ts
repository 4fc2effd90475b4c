import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "../src/clock.ts";
import { countingClock } from "./clocks.ts";
import { temporaryDirectory } from "./temporary.ts";

const CORES = 4;
const TICKS_PER_SECOND = 100;

/** A `/proc` of a machine with four cores, on which others keep so many busy while a clock sleeps. */
export interface FakeProc {
  readonly procRoot: string;
  /** On which sleeping takes no time, and makes the machine's work go on. */
  readonly clock: Clock & { readonly slept: readonly number[] };
  /** Cores that others keep busy from now on. */
  readonly load: (cores: number) => void;
}

/** The process that makes the load. */
export const BUSY_PID = 4_999_999;

/** Makes one; `loads` is how busy it is during each sleep, the last for ever. */
export async function fakeProc(...loads: readonly number[]): Promise<FakeProc> {
  const procRoot = await temporaryDirectory();
  mkdirSync(join(procRoot, String(BUSY_PID)));
  const inner = countingClock();
  let [busy, idle, sleeps] = [1000, 1000, 0];
  let cores: number | undefined;
  const write = (): void => {
    const line = `${Math.round(busy)} 0 0 ${Math.round(idle)} 0 0 0 0 0 0`;
    const each = Array.from({ length: CORES }, (_, core) => `cpu${core} 1 0 0 1 0 0 0 0 0 0\n`).join("");
    writeFileSync(join(procRoot, "stat"), `cpu  ${line}\n${each}intr 1\n`);
    const stat = `${BUSY_PID} (burn (1)) R 1 1 1 0 -1 0 0 0 0 0 ${Math.round(busy)} 0 0 0 20 0 1 0 1 1 1`;
    writeFileSync(join(procRoot, String(BUSY_PID), "stat"), stat);
  };
  write();
  const sleep: Clock["sleep"] = async (seconds, signal) => {
    await inner.sleep(seconds, signal);
    const now = cores ?? loads[Math.min(sleeps, loads.length - 1)] ?? 0;
    sleeps += 1;
    busy += now * seconds * TICKS_PER_SECOND;
    idle += (CORES - now) * seconds * TICKS_PER_SECOND;
    write();
  };
  return {
    procRoot,
    clock: { ...inner, sleep },
    load: (wanted) => {
      cores = wanted;
    },
  };
}
