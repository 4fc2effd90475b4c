import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { COMMAND_OPTIONS } from "../src/command-options.ts";
import { EXIT } from "../src/exit-codes.ts";
import { COMMAND_EXAMPLES } from "../src/help/command-examples.ts";
import { cutAtDashes } from "../src/shim.ts";
import { makeProject, type Project } from "./project.ts";

describe("what stands after -- of measure", () => {
  it.each([
    [
      ["measure", "-n", "2", "--", "a", "--", "-b"],
      ["measure", "-n", "2"],
      ["a", "--", "-b"],
    ],
    [["measure", "--"], ["measure"], []],
    [["measure", "a"], ["measure", "a"], undefined],
    [["run", "--", "a"], ["run", "--", "a"], undefined],
  ])("%j", (args, own, rest) => expect(cutAtDashes(args)).toEqual([own, rest]));
});

describe("wrong words", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  it.each([
    [["meassure", "--", "true"], 2, 'unknown command "meassure"; did you mean "measure"?'],
    [["docter"], 2, 'unknown command "docter"; did you mean "doctor"?'],
    [[], 2, "expected a command: run, resume, status, stop, slurm, show, log"],
    [["doctor", "--jsn"], 2, 'unknown argument: jsn; did you mean "json"?'],
    [["doctor", "now"], 2, "unknown argument: now"],
    // Only of the command's own flags one is meant
    [["list", "--run"], 2, "unknown argument: run; valid: config, project, json"],
    [["list", "--config", "a", "--config", "b"], 2, '--config: expected once, found ["a","b"]'],
    [["run", "--warmup", "3"], 2, "unknown argument: warmup"],
    [["measure", "--warmpu", "3", "--", "true"], 125, 'unknown argument: warmpu; did you mean "warmup"?'],
    [["measure", "--runs"], 125, "runs"],
  ])("%j: %i", async (args, code, words) => {
    const finished = await project.ea(args);
    expect({ code: finished.code, out: finished.out }).toEqual({ code, out: "" });
    expect(finished.err).toContain(words);
  });

  it.each(["run", "list", "measure", "doctor"])("%s --help says what it does", async (command) => {
    const { code, out, err } = await project.ea([command, "--help"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("--json");
  });

  it("--help has every command and examples", async () => {
    const { out } = await project.ea(["--help"]);
    for (const command of ["run", "list", "measure", "doctor"]) expect(out).toContain(`ea ${command}`);
    expect(out).toContain("ea measure -- python train.py --epochs 3");
  });

  it.each(["run", "report", "measure", "metrics"])("help %s is its --help, with examples first", async (command) => {
    const { code, out } = await project.ea(["help", command]);
    expect({ code, out }).toEqual({ code: 0, out: (await project.ea([command, "--help"])).out });
    const heading = out.search(/^(?:Commands|Positionals|Options):$/m);
    for (const [line] of COMMAND_EXAMPLES[command] ?? []) expect(out.slice(0, heading)).toContain(`  ${line}\n`);
  });

  it("help exit-codes has each exit code; another topic is refused with the nearest", async () => {
    const { code, out } = await project.ea(["help", "exit-codes"]);
    expect(code).toBe(0);
    for (const each of Object.values(EXIT)) expect(out).toMatch(new RegExp(`^  (?:\\d+, )?${each}\\b`, "m"));
    expect(await project.ea(["help", "reprot"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "report"'),
    });
  });

  it.each(Object.entries(COMMAND_EXAMPLES))("the examples of %s use flags that it has", (command, examples) => {
    const known = Object.keys(COMMAND_OPTIONS[command] ?? {});
    for (const [line] of examples) {
      const [own = ""] = line.split(" -- ");
      for (const [, flag] of own.matchAll(/(?<= --)(?:no-)?([a-z][a-z-]*)/g)) expect(known).toContain(flag);
      expect(line).toMatch(new RegExp(`\\bea ${command}\\b`));
    }
  });
});
