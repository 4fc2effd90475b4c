import { expect, it } from "vitest";
import { progressBar, sparkline } from "../../src/live/bars.ts";

it.each([
  [[], ""],
  [[0, 0], "▁▁"],
  [[1, 2, 4, 8], "▂▃▅█"],
  [[90, 90, 0, 0, 50, 100], "▁▁▅█"],
])("%j as four bars at most, the latest", (values, bars) => expect(sparkline(values, 4, true)).toBe(bars));

it("bars of ASCII", () => expect(sparkline([0, 50, 100], 3, false)).toBe("_+@"));

it.each([
  [0, "░░░░"],
  [0.5, "██░░"],
  [1, "████"],
  [7, "████"],
])("%d of a whole", (share, bar) => expect(progressBar(share, 4, true)).toBe(bar));
