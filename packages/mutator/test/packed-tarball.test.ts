import { execFileSync, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { takeMutations } from "../src/take-mutations.ts";

const home = fileURLToPath(new URL("..", import.meta.url));
const binaries = fileURLToPath(new URL("../../../node_modules/.bin", import.meta.url));
const project = realpathSync(mkdtempSync(join(tmpdir(), "ea-packed-")));
const unpacked = join(project, "node_modules/@ea/mutator");
let packedFiles: readonly string[] = [];

/** What a program prints that runs in the project, with nothing of this workspace around it. */
function run(command: string, args: readonly string[]): string {
  const { PATH, HOME } = process.env;
  return execFileSync(command, args, { cwd: project, encoding: "utf8", env: { PATH, HOME } });
}

function runNode(name: string, program: string): string {
  writeFileSync(join(project, name), program);
  return run(process.execPath, [name]);
}

beforeAll(() => {
  if (!existsSync(join(home, "dist/index.js")))
    throw new Error("Expected packages/mutator to be built: turbo run build");
  execFileSync(join(binaries, "pnpm"), ["pack", "--pack-destination", project], { cwd: home, stdio: "ignore" });
  const [tarball = ""] = readdirSync(project).filter((name) => name.endsWith(".tgz"));
  packedFiles = run("tar", ["-tzf", tarball]).trim().split("\n");
  run("tar", ["-xzf", tarball]);
  mkdirSync(join(project, "node_modules/@ea"), { recursive: true });
  renameSync(join(project, "package"), unpacked);
  symlinkSync(realpathSync(join(home, "node_modules/zod")), join(project, "node_modules/zod"));
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true }));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the tarball", () => {
  test("holds the build, the source, the licence and the README, nothing else", () => {
    const tops = packedFiles.map((file) => file.replace(/^package\//, "").replace(/\/.*$/, ""));
    expect([...new Set(tops)].toSorted()).toEqual([
      "LICENSE",
      "README.md",
      "dist",
      "package.json",
      "space.schema.json",
      "src",
    ]);
    expect(packedFiles).toContain("package/dist/index.d.ts");
    expect(packedFiles).toContain("package/src/index.ts");
  });

  test("asks for published versions only, and for nothing but zod", () => {
    const text = readFileSync(join(unpacked, "package.json"), "utf8");
    expect(text).not.toMatch(/workspace:|catalog:|link:|file:/);
    const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(text));
    expect(Object.keys(dependencies).toSorted()).toEqual(["zod"]);
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("carries the licences of Alea and of the Sobol numbers", () => {
    const licence = readFileSync(join(unpacked, "LICENSE"), "utf8");
    expect(licence).toContain("MIT License");
    expect(licence).toContain("Copyright (C) 2010 by Johannes Baagøe <baagoe@baagoe.org>");
    expect(licence).toContain("Copyright (c) 2008, Frances Y. Kuo and Stephen Joe");
    expect(licence).toContain("Redistributions in binary form must reproduce the above copyright notice");
  });

  test("imports none of Node's modules", () => {
    expect(readFileSync(join(unpacked, "dist/index.js"), "utf8")).not.toMatch(/["']node:|require\(/);
  });
});

describe("in a plain project outside of this workspace", () => {
  const space = { epochs: { type: "int", range: [1, 100] }, on: { type: "bool" } } as const;
  const expected = takeMutations(space, 5, { seed: 42 }).mutations.map(({ key }) => key);
  const body = `
    const space = ${JSON.stringify(space)};
    console.log(JSON.stringify(takeMutations(space, 5, { seed: 42 }).mutations.map(({ key }) => key)));`;

  test("an ES module imports it", () => {
    const output = runNode("consumer.mjs", `import { takeMutations } from "@ea/mutator";${body}`);
    expect(JSON.parse(output)).toEqual(expected);
  });

  test("a CommonJS module requires it", () => {
    const output = runNode("consumer.cjs", `const { takeMutations } = require("@ea/mutator");${body}`);
    expect(JSON.parse(output)).toEqual(expected);
  });

  test("nothing comes from this workspace but the dependency", () => {
    expect(runNode("where.mjs", `console.log(import.meta.resolve("@ea/mutator"));`).trim()).toBe(
      `file://${unpacked}/dist/index.js`,
    );
  });

  describe("TypeScript", () => {
    const options = ["--noEmit", "--strict", "--module", "NodeNext", "--target", "ES2022", "--skipLibCheck", "false"];
    const compile = (name: string, program: string): string => {
      writeFileSync(join(project, name), program);
      return spawnSync(join(binaries, "tsc"), [...options, name], { cwd: project, encoding: "utf8" }).stdout;
    };

    test("understands it, its types included", () => {
      const program = `
        import { mutations, type Mutation, MutatorError, type Space, spaceSize, type Strategy, takeMutations } from "@ea/mutator";
        import { evolution, sobol } from "@ea/mutator/strategies";
        const space: Space = { parameters: { a: { type: "int", range: [1, 9] }, b: { type: "bool" } }, constraints: ["a > 1"] };
        const size: bigint | undefined = spaceSize(space);
        const first: Mutation | undefined = takeMutations(space, 1, { seed: 42, strategy: sobol }).mutations[0];
        const mine: Strategy = { name: "mine", *propose({ pointOf }) { yield { indices: pointOf({ a: 2, b: true }), phase: "mine" }; } };
        for (const { key, configuration } of mutations(space, { seed: "x", strategy: mine })) key.concat(String(configuration["a"]));
        const search = evolution(space, { seed: 1, objectives: [{ name: "energy", direction: "minimize" }] });
        search.tell(search.ask(3).map(({ configuration }) => ({ configuration, values: { energy: null } })));
        export const found = [size, first?.explain().phase, new MutatorError("BAD_SEED", "").code];`;
      expect(compile("consumer.mts", program)).toBe("");
    });

    test("and refuses what is wrong", () => {
      const program = `import { takeMutations } from "@ea/mutator";\ntakeMutations({ a: { type: "integer" } }, 1, { seed: 1 });`;
      expect(compile("wrong.mts", program)).toContain("error TS2322: Type '\"integer\"' is not assignable to type");
    });
  });

  test("the example of the README prints what the README says", () => {
    const readme = readFileSync(join(unpacked, "README.md"), "utf8");
    const [, program = "", printed = ""] = /```js\n([^]*?)```\n\n```text\n([^]*?)```/.exec(readme) ?? [];
    expect(program.split("\n").length).toBeGreaterThan(5);
    expect(runNode("readme.mjs", program)).toBe(printed);
  });
});
