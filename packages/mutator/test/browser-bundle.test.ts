import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { drawn } from "./fixtures/browser-program.ts";

const index = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const program = fileURLToPath(new URL("fixtures/browser-program.ts", import.meta.url));

/** The text of a minified bundle for browsers, and which files and packages are in it or asked for by it. */
async function bundled(entry: string, options: { readonly external?: string[]; readonly format?: "esm" } = {}) {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: "browser",
    format: "iife",
    globalName: "bundle",
    target: "es2022",
    conditions: ["@ea/source"],
    metafile: true,
    write: false,
    logLevel: "silent",
    ...options,
  });
  const inputs = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  return { text: outputFiles[0]?.text ?? "", files: Object.keys(metafile.inputs), imports: inputs };
}

describe.each([
  ["the whole package", index],
  ["a small program", program],
])("a bundle of %s", (_, entry) => {
  test("asks for nothing from outside, neither Node's modules nor others", async () => {
    const { files, imports } = await bundled(entry);
    expect(imports.filter(({ external }) => external === true)).toEqual([]);
    expect(imports.filter(({ path }) => path.startsWith("node:"))).toEqual([]);
    expect(files.filter((file) => file.includes("(disabled)"))).toEqual([]); // Node's modules, replaced by nothing
    expect(files.some((file) => file.endsWith("mutator/src/race.ts"))).toBe(true);
  });

  test("names nothing that browsers lack", async () => {
    const { text } = await bundled(entry, { external: ["zod"], format: "esm" });
    expect(text).not.toMatch(/\b(?:process|Buffer|__dirname|__filename|setImmediate|globalThis|window|document)\b/);
  });
});

/** Runs a script where nothing but ECMAScript is there. */
function runBare(script: string): unknown {
  return JSON.parse(String(runInNewContext(`"use strict";\n${script}`, {})));
}

test("nothing but ECMAScript is there to run in", () => {
  const names = ["process", "Buffer", "require", "module", "global", "setTimeout", "performance", "crypto", "window"];
  const types = runBare(`JSON.stringify([${names.map((name) => `typeof ${name}`).join()}])`);
  expect(types).toEqual(names.map(() => "undefined"));
});

test("there, the small program draws what it draws in Node, with every strategy", async () => {
  const { text } = await bundled(program);
  const found = runBare(`${text}\nJSON.stringify(bundle.drawn())`);
  expect(found).toEqual(JSON.parse(JSON.stringify(drawn())));
  expect(Object.values(drawn()).map(({ length }) => length)).toEqual([20, 20, 20, 20, 20, 4]);
});

test("there, the whole package has all its names", async () => {
  const { text } = await bundled(index);
  const names = runBare(`${text}\nJSON.stringify(Object.keys(bundle).sort())`);
  expect(names).toEqual(Object.keys(await import("../src/index.ts")).toSorted());
});

test("minified and compressed, without zod, it has at most 12 kB", async () => {
  const { text } = await bundled(index, { external: ["zod"], format: "esm" });
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(12_000);
});
