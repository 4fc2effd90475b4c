import { expect, test } from "vitest";
import { MutatorError } from "../src/errors.ts";

test("an error carries its name, code, message and cause", () => {
  const cause = new Error("why");
  const error = new MutatorError("BAD_COUNT", "what", { cause });
  expect(error).toMatchObject({ name: "MutatorError", code: "BAD_COUNT", message: "what", cause });
});
