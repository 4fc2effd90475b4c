import { expect, test } from "vitest";
import { RecordsError } from "../src/errors.ts";

test("an error tells its case by its code and keeps its cause", () => {
  const cause = new Error("below");
  const error = new RecordsError("EXISTS", "above", { cause });
  expect(error).toMatchObject({ name: "RecordsError", code: "EXISTS", message: "above", cause });
});
