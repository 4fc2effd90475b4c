import { describe, expect, test } from "vitest";
import { isEnergyLine, refuseRow, refuseText } from "../src/refuse.ts";

describe("a text without a report is refused in perf's words", () => {
  test.each([
    [
      "event syntax error: 'power/energy-pkg/'\n                     \\___ Cannot find PMU `power'. Missing kernel support?\n",
      "event syntax error: 'power/energy-pkg/' \\___ Cannot find PMU `power'. Missing kernel support?",
    ],
    ["event syntax error: 'power/energy-pkg/'\n", "event syntax error: 'power/energy-pkg/'"],
    ["Error:\nAccess to performance monitoring and observability operations is limited.\n", "operations is limited"],
    ["You may not have permission to collect system-wide stats.\n", "permission to collect system-wide stats"],
    ["perf_event_paranoid setting is 4:\n", "perf_event_paranoid setting is 4"],
    ["No permission to enable power/energy-pkg/ event.\n", "No permission to enable power/energy-pkg/ event"],
    ["The sys_perf_event_open() syscall returned with 22 (Invalid argument) for event (cycles).\n", "returned with 22"],
    ["Error:\nNo supported events found.\n", "No supported events found"],
    ["sh: x\nWorkload failed: No such file or directory\n", "Workload failed: No such file or directory"],
    ["failed to create output file: Permission denied\n", "failed to create output file: Permission denied"],
    ["bash: perf: command not found\n", "bash: perf: command not found"],
    ["/usr/bin/env: ‘perf’: No such file or directory\n", "No such file or directory"],
    ["WARNING: perf not found for kernel 5.15.0-91\n", "perf not found for kernel 5.15.0-91"],
  ])("%j", (text, words) => {
    expect(refuseText(text)).toMatchObject({ code: "PERF_FAILED", message: expect.stringContaining(words) });
  });

  test.each([
    ["", "NOT_PERF"],
    [" \n", "NOT_PERF"],
    ["ls: cannot access 'power': No such file or directory\n", "NOT_PERF"],
    ["# started on Tue Mar  3 09:14:07 2026\n\n", "BAD_OUTPUT"],
  ])("%j is %s", (text, code) => {
    expect(refuseText(text).code).toBe(code);
  });

  test("the message quotes at most 200 characters", () => {
    expect(refuseText("x".repeat(10_000)).message.length).toBeLessThan(300);
  });
});

describe("a line with an energy must not be skipped", () => {
  test.each([
    "19,63;Joules;power/energy-pkg/;1",
    "     19.63 Joules power/energy-pkg/",
    "5.00 Joules energy-psys",
    "5.00,Joules,amd/other/,1",
    "123456;;power/energy-pkg/;1",
    "123456;uJ;power/energy-pkg/;1",
    "  1,234,567      power/energy-pkg/",
    "<not counted>      power/energy-pkg/",
  ])("%s", (line) => {
    expect(isEnergyLine(line)).toBe(true);
  });

  test.each([
    "Total: 12.5 Joules",
    "12 Joules / run, 3 W",
    "$ perf stat -x, -I 1000 -e power/energy-pkg/ -a true",
    "event syntax error: 'power/energy-pkg/'",
    "Some events weren't counted. Try disabling the NMI watchdog:",
  ])("but not %s", (line) => {
    expect(isEnergyLine(line)).toBe(false);
  });

  test("it is ambiguous when its number has a mark, else broken", () => {
    expect(refuseRow("19,63;Joules;power/energy-pkg/", "a row")).toMatchObject({
      code: "AMBIGUOUS",
      message: 'Expected a row, got "19,63;Joules;power/energy-pkg/"',
    });
    expect(refuseRow("nan;Joules;power/energy-pkg/", "a row").code).toBe("BAD_OUTPUT");
  });
});
