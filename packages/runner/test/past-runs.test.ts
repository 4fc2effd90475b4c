import { cp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { estimateSession } from "../src/estimate-session.ts";
import { GOOD, newProject, prepare, run } from "./projects.ts";
import { put } from "./temporary.ts";

const estimate = async (project: string) => {
  const { plan, scripts } = await prepare(project, { runs: 2 });
  return estimateSession(plan, { results: join(project, "results"), scripts });
};

test("successful runs of the same model and script are found, in all sessions", async () => {
  const project = await newProject(`if [ "$EARUN_ROW" = 1 ]; then exit 1; fi; ${GOOD}`);
  expect(await estimate(project)).toBeUndefined();
  await run(project, { runs: 3, maxRetries: 0 });
  await run(project, { runs: 2, maxRetries: 0 });
  expect(await estimate(project)).toMatchObject({ runs: 2, earlierRuns: 3 });
  await run(project, { runs: 1 }, { experiment: { model: "cnn" } });
  expect(await estimate(project)).toMatchObject({ earlierRuns: 3 });
});

test("with another script, or on another host, they say nothing", async () => {
  const project = await newProject(GOOD);
  const { result } = await run(project, { runs: 1 });
  const [path = ""] = result.records;
  const record = await readFile(path, "utf8");
  await writeFile(path, record.replace(/"host": "[^"]*"/, '"host": "elsewhere"'));
  expect(await estimate(project)).toBeUndefined();
  await writeFile(path, record);
  expect(await estimate(project)).toBeDefined();
  await put(join(project, "training/train.sh"), `#!/bin/sh\n# faster now\n${GOOD}\n`, 0o755);
  expect(await estimate(project)).toBeUndefined();
});

test("a damaged record is no history, and of very many only the newest are read", async () => {
  const project = await newProject(GOOD);
  const { result } = await run(project, { runs: 1 });
  const [row = ""] = (await readdir(result.directory)).filter((name) => name.startsWith("000_"));
  for (let number = 1; number <= 300; number += 1) {
    const name = row.replace(/^000/, String(number).padStart(3, "0"));
    await cp(join(result.directory, row, "experiment.json"), join(result.directory, name, "experiment.json"));
  }
  await writeFile(join(result.directory, row.replace(/^000/, "300"), "experiment.json"), "{");
  expect(await estimate(project)).toMatchObject({ earlierRuns: 199 });
});
