import { readdirSync, readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { explain, probePerf } from "../src/probe-perf.ts";
import { useFakePerf } from "./fake-perf.ts";

const { directory } = useFakePerf();
const names = async (): Promise<string[]> => (await probePerf()).events.map(({ event }) => event);

test("an event exists when it was read: one unknown event does not hide the others", async () => {
  expect(await names()).toEqual(["energy-pkg", "energy-ram"]);
});

test("a machine without DRAM counter has its package", async () => {
  vi.stubEnv("FAKE_PERF_RAM_WATTS", "");
  expect(await names()).toEqual(["energy-pkg"]);
});

test("a laptop has psys as well", async () => {
  vi.stubEnv("FAKE_PERF_PSYS_WATTS", "30");
  expect(await probePerf()).toMatchObject({ status: "ready", reason: undefined, fix: undefined });
  expect(await names()).toEqual(["energy-pkg", "energy-ram", "energy-psys"]);
});

test.each([
  ["paranoid", "unreadable", /may not count the whole host/, "sudo sysctl kernel.perf_event_paranoid=0"],
  ["no-pmu", "absent", /no RAPL energy events/, undefined],
  ["not-supported", "absent", /counts no joules/, undefined],
  ["zero", "absent", /counts no joules/, undefined],
])("%s is %s, with reason and remedy", async (mode, status, reason, fix) => {
  vi.stubEnv("FAKE_PERF_MODE", mode);
  const capability = await probePerf();
  expect(capability).toMatchObject({ status, events: [], fix });
  expect(capability.reason).toMatch(reason);
});

test("no perf at all is absent, and how to install it is told", async () => {
  vi.stubEnv("PATH", directory());
  expect(await probePerf()).toMatchObject({ status: "absent", events: [], reason: "perf is not installed" });
  expect((await probePerf()).fix).toContain("linux-perf");
});

test("a probe leaves no file behind", async () => {
  vi.stubEnv("TMPDIR", directory());
  await probePerf();
  expect(readdirSync(directory())).toEqual([]);
});

test("the words of a real perf without RAPL are understood", () => {
  const stderr = readFileSync(new URL("fixtures/perf-6.1-no-pmu.txt", import.meta.url), "utf8");
  const exit = { failure: "perf ended with exit status 129", stderr, isMissing: false, exitCode: 129 };
  expect(explain(exit)).toMatchObject({ status: "absent", reason: expect.stringContaining("no RAPL energy events") });
});

test("any other failure is told in perf's first line", () => {
  const stderr = "E: linux-perf-6.1 is not installed.\nmore\n";
  const exit = { failure: "perf ended with exit status 1", stderr, isMissing: false, exitCode: 1 };
  expect(explain(exit)).toMatchObject({
    status: "unreadable",
    reason: "perf ended with exit status 1: E: linux-perf-6.1 is not installed.",
  });
  expect(explain({ ...exit, stderr: "" }).reason).toBe("perf ended with exit status 1");
});
