import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { readAttempt, readRecords } from "@ea/records";
import { expect, test } from "vitest";
import { resumeSession } from "../src/resume-session.ts";
import { GOOD, newProject, readJson, run, sessionOptions } from "./projects.ts";

const warmUpsIn = async (directory: string): Promise<readonly string[]> =>
  (await readdir(directory)).filter((name) => name.startsWith("warm_up_")).sort();

test("warm-ups train the first row beside it, and are in no record, table or count", async () => {
  const { result, events } = await run(await newProject(`pwd; ${GOOD}`), { runs: 2, warmUp: 2 });
  expect(result).toMatchObject({ planned: 2, completed: 2 });
  expect(await warmUpsIn(result.directory)).toEqual(["warm_up_1", "warm_up_2"]);
  const [first] = await readRecords(result.directory);
  const attempt = await readAttempt(join(result.directory, "warm_up_1/attempt_1"));
  expect(attempt).toMatchObject({ status: "success", command: first?.attempts[0]?.command, energy: [] });
  expect(first?.attempts).toHaveLength(1);
  expect(await readJson(join(result.directory, "plan.json"))).toMatchObject({ policies: { warm_up: 2 }, planned: 2 });
  const types = events.map(({ type }) => type).filter((type) => /^(warm-up|row)-/.test(type));
  expect(types.slice(0, 5)).toEqual([
    "warm-up-started",
    "warm-up-finished",
    "warm-up-started",
    "warm-up-finished",
    "row-started",
  ]);
});

test("after a warm-up the first row rests as the others do", async () => {
  const fields = { runs: 2, warmUp: 1, sleep: true, coolDown: "time", runSleepSeconds: 7 } as const;
  const { slept } = await run(await newProject(GOOD), fields);
  expect(slept).toEqual([7, 7]);
});

test("one that fails is told and hinders nothing", async () => {
  const script = `case $EARUN_ROW_DIRECTORY in *warm_up*) exit 3;; esac; ${GOOD}`;
  const { result, events } = await run(await newProject(script), { runs: 1, warmUp: 1 });
  expect(result).toMatchObject({ completed: 1, failed: 0 });
  expect(events).toContainEqual(
    expect.objectContaining({ type: "warm-up-finished", attempt: expect.objectContaining({ failure_class: "crash" }) }),
  );
});

test("a session that goes on warms up again, and one with nothing left does not", async () => {
  const project = await newProject(`if [ "$EARUN_ROW" = 1 ] && [ ! -e again ]; then exit 1; fi; ${GOOD}`);
  const { result } = await run(project, { runs: 3, maxRetries: 0, warmUp: 1, failFast: true });
  const request = {
    directory: result.directory,
    overrides: { failFast: false },
    environment: {},
    toolVersion: "1.2.3",
  };
  const { options } = sessionOptions(project);
  await resumeSession(request, options);
  expect(await warmUpsIn(result.directory)).toEqual(["warm_up_1", "warm_up_2"]);
  await resumeSession(request, options);
  expect(await warmUpsIn(result.directory)).toEqual(["warm_up_1", "warm_up_2"]);
  expect(basename(result.directory)).toBe(result.session);
});

test("an interrupted warm-up ends the session, and no row has begun", async () => {
  const stop = new AbortController();
  const { result } = await run(
    await newProject("sleep 1000"),
    { runs: 1, warmUp: 1 },
    {
      signal: stop.signal,
      onEvent: ({ type }) => type === "warm-up-started" && setTimeout(() => stop.abort(), 100),
    },
  );
  expect(result).toMatchObject({ planned: 1, completed: 0, isInterrupted: true });
  expect((await readdir(result.directory)).filter((name) => /^\d/.test(name))).toEqual([]);
});
