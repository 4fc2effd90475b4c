import { expect, test } from "vitest";
import { importedSessionName } from "../../src/original/session-name.ts";

test.each([
  ["run_20251126_224751", "20251126_224751_run"],
  ["mutation_2x_20251122_175401", "20251122_175401_mutation_2x"],
  ["20251122_175401", "20251122_175401_imported"],
  ["my sessions", "20251231_061721_my-sessions"],
])("%s becomes %s", (directory, name) => {
  expect(importedSessionName(directory, Date.UTC(2025, 11, 31, 6, 17, 21))).toBe(name);
});
