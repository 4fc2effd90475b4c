import { join } from "node:path";
import { expect, test } from "vitest";
import { isDirectory, loadExperimentFile, loadModelsConfig } from "../src/load-config.ts";
import { repositoryJson } from "./examples.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const experimentFile = (name: string) => ({ experiment_name: name, experiments: [{ repo: "mine", model: "mlp" }] });

test("a relative configuration is found in the project, an absolute one anywhere", async () => {
  const project = await temporaryDirectory();
  const path = await put(join(project, "config/models.json"), { models: { mine: repositoryJson } });
  expect(Object.keys((await loadModelsConfig("config/models.json", project)).models)).toEqual(["mine"]);
  expect(Object.keys((await loadModelsConfig(path, "/nowhere")).models)).toEqual(["mine"]);
});

test("an experiment file is also looked up under config/, where the project's own has none", async () => {
  const project = await temporaryDirectory();
  await put(join(project, "config/settings/a.json"), experimentFile("under config"));
  expect(await loadExperimentFile("settings/a.json", project)).toMatchObject({ experiment_name: "under config" });
  await put(join(project, "settings/a.json"), experimentFile("here"));
  expect(await loadExperimentFile("settings/a.json", project)).toMatchObject({ experiment_name: "here" });
});

test("a missing file is named as it was asked for", async () => {
  const project = await temporaryDirectory();
  const missing = "expected a readable file, found no such file";
  await expect(loadExperimentFile("settings/no.json", project)).rejects.toThrow(`settings/no.json: ${missing}`);
  await expect(loadModelsConfig("no.json", project)).rejects.toMatchObject({ code: "CONFIG" });
});

test("all problems of a file are told at once", async () => {
  const project = await temporaryDirectory();
  await put(join(project, "models.json"), { modles: {}, models: { mine: { ...repositoryJson, path: 1, x: 2 } } });
  await expect(loadModelsConfig("models.json", project)).rejects.toMatchObject({
    problems: [{ path: "models.mine.path" }, { path: "models.mine.x" }, { path: "modles" }],
  });
});

test("only a directory is a directory", async () => {
  const directory = await temporaryDirectory();
  expect(await isDirectory(directory)).toBe(true);
  expect(await isDirectory(await put(join(directory, "file"), ""))).toBe(false);
  expect(await isDirectory(join(directory, "nothing"))).toBe(false);
});
