import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, it } from "vitest";
import { sessionNames } from "../src/session/session-names.ts";

it("of sessions of one second, the one whose directory was made last is at the end", async () => {
  const parent = mkdtempSync(join(tmpdir(), "ea-names-"));
  const names = ["20261123_174723_b", "20261123_174723_a", "20261123_174722_c"];
  for (const name of names) {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, "plan.json"), "{}");
    await setTimeout(20);
  }
  expect(sessionNames(parent)).toEqual(["20261123_174722_c", "20261123_174723_b", "20261123_174723_a"]);
});
