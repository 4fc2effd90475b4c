import { expect, test } from "vitest";
import { EnergyError } from "../src/errors.ts";

test("an error tells its case by its code and keeps its cause", () => {
  const cause = new Error("below");
  const error = new EnergyError("BAD_WINDOW", "above", { cause });
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: "EnergyError", code: "BAD_WINDOW", message: "above", cause });
});
