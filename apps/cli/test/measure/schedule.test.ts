import { expect, it } from "vitest";
import { schedule } from "../../src/measure/schedule.ts";

const written = (commands: number, warmup: number, runs: number): string =>
  [...schedule(commands, { warmup, runs })]
    .map(({ command, run, isWarmup }) => `${isWarmup ? "w" : ""}${"abc"[command]}${run}`)
    .join(" ");

it("one command runs again and again", () => expect(written(1, 0, 3)).toBe("a0 a1 a2"));

it("several take turns, every second round backwards: a drift hits them alike", () => {
  expect(written(2, 0, 4)).toBe("a0 b0 b1 a1 a2 b2 b3 a3");
  expect(written(3, 0, 2)).toBe("a0 b0 c0 c1 b1 a1");
});

it("warm-up rounds come first and are counted on their own", () => {
  expect(written(2, 1, 1)).toBe("wb0 wa0 a0 b0");
  expect(written(1, 2, 1)).toBe("wa0 wa1 a0");
});
