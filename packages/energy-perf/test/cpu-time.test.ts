import { expect, test } from "vitest";
import { parseCpuTime } from "../src/cpu-time.ts";

const STAT = `cpu  1000 200 300 99999 5000 40 60 7000 500 0
cpu0 500 100 150 50000 2500 20 30 3500 250 0
cpu1 500 100 150 49999 2500 20 30 3500 250 0
intr 12345
ctxt 1
`;

test("busy is user, nice, system and interrupts; idle, waiting and stolen time are not", () => {
  expect(parseCpuTime(STAT)).toEqual({ busySeconds: 16, threads: 2 });
});

test("kernels before 2.6 did not count interrupts", () => {
  expect(parseCpuTime("cpu  1000 200 300 99999\ncpu0 1000 200 300 99999\n")).toEqual({ busySeconds: 15, threads: 1 });
});

test.each(["", "cpu\n", "cpu  a b c\ncpu0 a b c\n", "cpu  1000 200 300 99999 5000 40 60 7000 500 0\n"])(
  "a file in another form has no time: %j",
  (text) => {
    expect(parseCpuTime(text)).toBeUndefined();
  },
);
