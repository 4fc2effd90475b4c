import { describe, expect, it } from "vitest";
import { measureRequest, shellWords } from "../../src/measure/measure-request.ts";

const request = (flags: Parameters<typeof measureRequest>[0], argv?: readonly string[]) =>
  measureRequest(flags, argv, "/project");

describe("commands", () => {
  it("after -- one command is taken as it is", () => {
    expect(request({}, ["echo", "a b", "$(x)", "1e-05"]).subjects).toEqual([
      { label: "echo 'a b' '$(x)' 1e-05", argv: ["echo", "a b", "$(x)", "1e-05"] },
    ]);
  });

  it("before -- each argument is a line for sh", () => {
    expect(request({ commands: ["a | b", "c"] }).subjects).toEqual([
      { label: "a | b", argv: ["sh", "-c", "a | b"] },
      { label: "c", argv: ["sh", "-c", "c"] },
    ]);
  });

  it("the same line twice has two names", () => {
    expect(request({ commands: ["a", "a"] }).subjects.map(({ label }) => label)).toEqual(["a", "a (2)"]);
  });

  it.each([
    [{}, undefined, "expected a command"],
    [{}, [], "expected a command"],
    [{ commands: ["a", " "] }, undefined, 'expected a command line, found ""'],
    [{ commands: ["a"] }, ["b"], 'found both: "a"'],
  ])("%j and %j are refused", (flags, argv, words) => {
    expect(() => request(flags, argv)).toThrow(words);
  });
});

describe("numbers", () => {
  it("are 1 and 0 when not given", () => expect(request({}, ["a"])).toMatchObject({ runs: 1, warmup: 0 }));

  it.each(["0", "-1", "1.5", "1e9", "ten", "", "0x10", "Infinity"])("--runs %s is refused", (runs) => {
    expect(() => request({ runs }, ["a"])).toThrow(`--runs: expected a positive integer, found "${runs}"`);
  });

  it("more runs than anybody waits for are refused", () => {
    const runs = "1000000000";
    expect(() => request({ runs }, ["a"])).toThrow(`expected a positive integer up to 100000, found "${runs}"`);
  });

  it("--warmup may be 0 and not negative", () => {
    expect(request({ warmup: "0" }, ["a"]).warmup).toBe(0);
    expect(() => request({ warmup: "-1" }, ["a"])).toThrow('--warmup: expected an integer of at least 0, found "-1"');
  });
});

describe("streams", () => {
  it.each([
    ["one run: reads and is shown", {}, ["a"], { isInputPassed: true, isOutputShown: true }],
    ["several runs: neither", { runs: "2" }, ["a"], { isInputPassed: false, isOutputShown: false }],
    ["with warm-up: neither", { warmup: "1" }, ["a"], { isInputPassed: false, isOutputShown: false }],
    ["--show-output", { runs: "2", "show-output": true }, ["a"], { isInputPassed: false, isOutputShown: true }],
    ["--no-show-output", { "show-output": false }, ["a"], { isInputPassed: true, isOutputShown: false }],
    ["several commands", { commands: ["a", "b"] }, undefined, { isInputPassed: false, isOutputShown: false }],
  ])("%s", (_, flags, argv, expected) => expect(request(flags, argv)).toMatchObject(expected));
});

it("paths start from the working directory", () => {
  expect(request({ "export-csv": "a.csv", keep: "/raw" }, ["a"])).toMatchObject({
    csvFile: "/project/a.csv",
    keepDirectory: "/raw",
  });
});

it("words are quoted as a shell needs it", () => {
  expect(shellWords(["a-b", "--c=d/e", "", "it's", "x;y"])).toBe(String.raw`a-b --c=d/e '' 'it'\''s' 'x;y'`);
});
