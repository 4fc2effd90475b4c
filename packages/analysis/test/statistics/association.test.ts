import { describe, expect, it } from "vitest";
import { association, isBeyondChance } from "../../src/statistics/association.ts";

describe("an association", () => {
  it("is Spearman's for numbers, a correlation ratio for categories", () => {
    expect(association([1, 2, 3, 4], [10, 20, 30, 400])).toEqual({ kind: "rho", value: 1, n: 4, levels: 4 });
    expect(association(["a", "a", "b", "b"], [1, 1, 2, 2])).toEqual({ kind: "eta", value: 1, n: 4, levels: 2 });
  });

  it("of too few or of what does not vary there is none", () => {
    expect(association([1, 2, 3], [1, 2, 3])).toBeUndefined();
    expect(association([1, 1, 1, 1], [1, 2, 3, 4])).toBeUndefined();
  });

  it("of four runs is never beyond chance, of many it is", () => {
    expect(isBeyondChance({ kind: "rho", value: 1, n: 4, levels: 4 }, 1)).toBe(false);
    expect(isBeyondChance({ kind: "rho", value: 0.5, n: 50, levels: 50 }, 5)).toBe(true);
  });
});
