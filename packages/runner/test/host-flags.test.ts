import { expect, test } from "vitest";
import { diskConditions, hostConditions } from "../src/host-flags.ts";
import { BUSY_PID, fakeProc } from "./fake-proc.ts";
import { temporaryDirectory } from "./temporary.ts";

test("a disk with less than 2 GB is told, and with less than 20 MB takes no run", () => {
  expect(diskConditions("/d", 2e9)).toEqual([]);
  expect(diskConditions("/d", 1.5e8)).toMatchObject([
    {
      isWaitedFor: true,
      isFatal: false,
      help: "df -h '/d', and remove what is not needed",
      flag: { code: "disk-low", message: "only 150 MB were free for the results when the run began" },
    },
  ]);
  expect(diskConditions("/d", 1e7)).toMatchObject([{ isFatal: true }]);
});

test("a load names who makes it, and what looks at it", async () => {
  const { procRoot, clock } = await fakeProc(2);
  const context = { clock, procRoot, signal: new AbortController().signal, tag: "mine" };
  expect(await hostConditions(await temporaryDirectory(), context)).toMatchObject([
    {
      isWaitedFor: true,
      help: `ps -o pid,user,etime,pcpu,args -p ${BUSY_PID}`,
      flag: {
        code: "busy-host",
        message: `other work kept 2.0 of 4 CPU cores busy (burn (1) (pid ${BUSY_PID}) 2.0) when the run began: its energy is in the CPU's`,
      },
    },
  ]);
});
