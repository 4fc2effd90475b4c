import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, readPage } from "./markdown.ts";

/** Each package's README opens with a program and what it prints; others may follow. */
describe.each(readdirSync(join(ROOT, "packages")))("README of @ea/%s", (name) => {
  const { blocks } = readPage(join("packages", name, "README.md"));
  const programs = blocks.flatMap(({ language, text, line }, position) => {
    return language === "js" ? [{ line, program: text, output: blocks[position + 1] }] : [];
  });

  it("has an example", () => {
    expect(programs.length).toBeGreaterThan(0);
  });

  it.each(programs)("line $line prints what stands below it", ({ program, output }) => {
    expect(output?.language).toBe("text");
    // Inside of its own directory a package finds itself by name, as it was built
    const printed = execFileSync(process.execPath, ["--input-type=module"], {
      cwd: join(ROOT, "packages", name),
      input: program,
      encoding: "utf8",
    });
    expect(printed).toBe(output?.text);
  });
});
