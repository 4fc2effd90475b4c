import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeProject, type Project, processesWith } from "./project.ts";

let project: Project;
beforeAll(async () => {
  project = await makeProject();
});
afterAll(() => project.remove());

it("names the parameters of a script that ignores its flags, and exits with 4", async () => {
  const { code, out, err } = await project.ea(["doctor", "--probe", "tiny", "good"]);
  expect({ code, err }).toEqual({
    code: 4,
    err: expect.stringMatching(/^\[1\/5\] the defaults\n\[2\/5\] the defaults again\n\[3\/5\] epochs = 2\n/),
  });
  expect(out).toMatch(/\nepochs +1 +2 +no effect seen +it prints the value, and all else stays the same\n/);
  expect(out).toContain("\nChanges nothing that is printed: epochs, learning_rate, seed\n");
  expect(await readdir(project.path)).not.toContain("results");
});

it("--json is one document", async () => {
  const { code, out } = await project.ea(["doctor", "--probe", "tiny", "exit3", "--json"]);
  expect(code).toBe(4);
  expect(JSON.parse(out)).toMatchObject({
    schema_version: 1,
    repository: "tiny",
    model: "exit3",
    trainings: 1,
    problem: expect.stringContaining("exit code 3"),
    parameters: [],
  });
});

it.each([
  [["doctor", "--probe", "tiny", "god"], /unknown model "god" of tiny; did you mean "good"\?/],
  [["doctor", "--probe", "tiny"], /Not enough arguments following: probe|expected a repository and a model/],
  [["doctor", "--probe", "tiny", "good", "--timeout", "0"], /--timeout: expected seconds, more than 0/],
])("%j is refused with 2", async (args, words) => {
  const { code, err } = await project.ea(args);
  expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(words) });
});

it("Ctrl-C ends the training and leaves nothing; 130", async () => {
  const temporary = join(project.path, "temporary");
  await mkdir(temporary);
  const ea = project.start(["doctor", "--probe", "tiny", "forever"], { TMPDIR: temporary });
  await ea.says("the defaults");
  while ((await processesWith(`${project.path}/repository/train.mjs`)).length === 0)
    await new Promise((wake) => setTimeout(wake, 20));
  ea.kill("SIGINT");
  expect((await ea.finished).code).toBe(130);
  expect(await processesWith(`${project.path}/repository/train.mjs`)).toEqual([]);
  expect(await readdir(temporary)).toEqual([]);
});
