import { spawnSync } from "node:child_process";
import { chmod, mkdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProject, type Project } from "./project.ts";

const EA = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

const HAS_FISH = spawnSync("fish", ["--version"]).status === 0;

describe("completion in bash", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
    await mkdir(join(project.path, "bin"));
    await project.write("bin/ea", `#!/bin/sh\nexec "${process.execPath}" "${EA}" "$@"\n`);
    await chmod(join(project.path, "bin/ea"), 0o755);
    for (const name of ["20261124_100000_a", "20261124_110000_b", "20261124_120000_$(touch owned)"]) {
      await mkdir(join(project.path, "results", name, "000_tiny_good_0a1b2c3d"), { recursive: true });
      await project.write(join("results", name, "plan.json"), "{}");
    }
  });
  afterAll(() => project.remove());

  /** What bash offers at the end of these words. */
  const offered = (...words: readonly string[]): readonly string[] => {
    const script = `eval "$(ea completion bash)"; COMP_WORDS=(ea "$@"); COMP_CWORD=$#; _ea; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const env = { ...process.env, PATH: [join(project.path, "bin"), process.env["PATH"]].join(delimiter) };
    const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", ...words], {
      cwd: project.path,
      env,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.split("\n").filter((line) => line !== "");
  };

  it.each([
    [["re"], ["resume", "report"]],
    [["st"], ["status", "stop"]],
    [["run", "--max-r"], ["--max-retries"]],
    [["run", "--no-"], ["--no-sleep"]],
    [["run", "--gate", "w"], ["wait"]],
    [["run", "-g", "per"], ["performance"]],
    [["run", "--repo", ""], ["tiny"]],
    [
      ["run", "-r", "tiny", "-m", "st"],
      ["stubborn", "stops", "stdin"],
    ],
    [["run", "-r", "tiny", "-mt", "e"], ["epochs"]],
    [["-r", "tiny", "-m", "stu"], ["stubborn"]],
    [["metrics", "t"], ["test"]],
    [["schema", "pl"], ["plan"]],
    [["export", "c"], ["csv"]],
    [
      ["resume", ""],
      ["20261124_100000_a", "20261124_110000_b"],
    ],
    [["summary", "--results", "none", ""], []],
    [["show", "20261124_11"], ["20261124_110000_b_000_tiny_good_0a1b2c3d"]],
    [["nonsense", ""], []],
    [["run", "--config", ""], []],
  ])("%j: %j", (words, expected) => {
    expect(offered(...words)).toEqual(expected);
  });

  it("a name of a session is no command", () => {
    offered("resume", "2026");
    expect(spawnSync("ls", [project.path], { encoding: "utf8" }).stdout).not.toContain("owned");
  });

  it.skipIf(!HAS_FISH)(`fish offers commands and values${HAS_FISH ? "" : " (skipped: no fish)"}`, () => {
    const env = { ...process.env, PATH: [join(project.path, "bin"), process.env["PATH"]].join(delimiter) };
    const script = 'ea completion fish | source; complete -C "ea mea"; complete -C "ea run --gate re"';
    const { stdout } = spawnSync("fish", ["-c", script], { cwd: project.path, env, encoding: "utf8" });
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["measure", "refuse"]));
  });

  it.each(["bash", "zsh", "fish"])("there is a script for %s", async (shell) => {
    const { code, out } = await project.ea(["completion", shell]);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("__complete") });
  });
});
