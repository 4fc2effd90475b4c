import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { RecordJson, readEventLog } from "@ea/records";
import { expect, test } from "vitest";
import { systemClock } from "../src/clock.ts";
import { newProject, readJson, run } from "./projects.ts";

const HOUR_MS = 3_600_000;

test("a wall clock that jumps by hours, back and forth, leaves durations and dates whole, and is told", async () => {
  let looks = 0;
  const now = (): Date => {
    looks += 1;
    return new Date(Date.now() + (looks % 7) * HOUR_MS * (looks % 2 === 0 ? 1 : -1));
  };
  const project = await newProject("sleep 0.3; echo accuracy: 0.9");
  const { result } = await run(project, { runs: 4 }, { clock: { ...systemClock, now } });
  expect(result).toMatchObject({ planned: 4, completed: 4 });
  const records = await Promise.all(result.records.map(async (path) => RecordJson.parse(await readJson(path))));
  for (const { attempts, timestamp } of records) {
    expect(Date.parse(timestamp)).not.toBeNaN();
    for (const { duration_seconds: seconds, started_at: start, ended_at: end } of attempts) {
      expect(seconds).toBeGreaterThanOrEqual(0.3);
      expect(seconds).toBeLessThan(60);
      for (const time of [start, end]) expect(Date.parse(time)).not.toBeNaN();
    }
  }
  const codes = records.flatMap(({ attempts }) => attempts.flatMap(({ flags }) => flags.map(({ code }) => code)));
  expect(codes).toContain("clock-step");
  const [log = ""] = readdirSync(join(result.directory, "events"));
  expect((await readEventLog(join(result.directory, "events", log))).length).toBeGreaterThan(8);
  expect(
    readFileSync(result.summary ?? "", "utf8")
      .trimEnd()
      .split("\n"),
  ).toHaveLength(5);
});
