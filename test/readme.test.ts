import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, readPage } from "./markdown.ts";

/** Each package's README opens with a program and what it prints. */
describe.each(readdirSync(join(ROOT, "packages")))("README of @ea/%s", (name) => {
  it("has an example that prints what it says", () => {
    const { blocks } = readPage(join("packages", name, "README.md"));
    const position = blocks.findIndex(({ language }) => language === "js");
    const program = blocks[position]?.text;
    const output = blocks.slice(position + 1).find(({ language }) => language === "text")?.text;

    expect(program).toBeDefined();
    // Inside of its own directory a package finds itself by name, as it was built
    const printed = execFileSync(process.execPath, ["--input-type=module"], {
      cwd: join(ROOT, "packages", name),
      input: program,
      encoding: "utf8",
    });
    expect(printed).toBe(output);
  });
});
