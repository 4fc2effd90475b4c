import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GOOD, newProject, run } from "./projects.ts";

/** Does something to row 0 while row 1 trains. */
const meanwhile = (command: string): string => `
if [ "$EARUN_ROW" = 1 ]; then cd "$EARUN_SESSION_DIRECTORY" && ${command}; fi
${GOOD}`;

test("a row whose directory is deleted during the session is missed at its end", async () => {
  const running = run(await newProject(meanwhile("rm -r 000_*")), { runs: 3 });
  await expect(running).rejects.toMatchObject({
    code: "NOT_AS_PLANNED",
    message: expect.stringMatching(/expected one record of each of the 3 rows that were executed: row 0 has none$/),
  });
});

test("also when the session is stopped before its end", async () => {
  const script = `${meanwhile("rm -r 000_*")}; if [ "$EARUN_ROW" = 1 ]; then exit 1; fi`;
  const running = run(await newProject(script), { runs: 3, maxRetries: 0, failFast: true });
  await expect(running).rejects.toMatchObject({ message: expect.stringContaining("of the 2 rows") });
});

test("a row with two records is as wrong, and the summary is there anyway", async () => {
  const project = await newProject(meanwhile("cp -r 000_* 000_copy"));
  await expect(run(project, { runs: 2 })).rejects.toMatchObject({ message: expect.stringContaining("row 0 has 2") });
  const [session = ""] = await readdir(join(project, "results"));
  expect(await readdir(join(project, "results", session))).toContain("summary.csv");
});

test("a session that was stopped lacks nothing", async () => {
  const { result } = await run(await newProject("exit 1"), { runs: 3, maxRetries: 0, failFast: true });
  expect(result).toMatchObject({ planned: 3, failed: 1 });
});
