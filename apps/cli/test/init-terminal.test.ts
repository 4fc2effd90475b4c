import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellWords } from "../src/measure/measure-request.ts";
import { EA, makeProject, type Project, readJson } from "./project.ts";

const hasScript = spawnSync("script", ["--version"]).status === 0;
const why = hasScript ? "" : " (skipped: no script of util-linux)";
const SCRIPT = `import argparse
p = argparse.ArgumentParser()
p.add_argument("--epochs", type=int, default=4)
p.add_argument("--lr", type=float, default=0.1)
p.add_argument("--batch-size", type=int, default=32)
print(f"loss: {1:.4f}"); print("Test accuracy:", 0.75)
`;

describe.skipIf(!hasScript)(`ea init at a terminal${why}`, () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
    await mkdir(join(project.path, "mine"));
    await project.write("mine/train.py", SCRIPT);
  });
  afterAll(() => project.remove());

  /** What is shown while each answer is typed once its question stands there, and how the terminal is left. */
  const talk = async (
    args: readonly string[],
    answers: readonly (readonly [question: RegExp, answer: string])[],
  ): Promise<{ readonly screen: string; readonly settings: boolean }> => {
    const ea = shellWords([process.execPath, EA, "init", ...args]);
    const line = `stty rows 30 cols 120; stty -g; ${ea}; echo "code $?"; stty -g`;
    const child = spawn("script", ["-qefc", line, "/dev/null"], {
      cwd: project.path,
      env: { ...process.env, TERM: "xterm", CI: "", LC_ALL: "C.UTF-8", NO_COLOR: "1" },
    });
    let screen = "";
    let read = 0;
    const left = [...answers];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      const [question, answer] = left[0] ?? [];
      if (question === undefined || answer === undefined || !question.test(screen.slice(read))) return;
      read = screen.length;
      left.shift();
      child.stdin.write(answer);
    });
    await new Promise((resolve) => child.on("close", resolve));
    const settings = screen.match(/^[0-9a-f]+(?::[0-9a-f]+)+\r?$/gm)?.map((each) => each.trim()) ?? [];
    return { screen, settings: settings.length === 2 && settings[0] === settings[1] };
  };

  it("asks for script, models, ranges, metrics and destination; a bad answer is told and asked again", async () => {
    const { screen, settings } = await talk(
      [],
      [
        [/Training script: /, "mine/train.py\r"],
        [/Its models.*\[default\]: /, "small, large\r"],
        [/epochs .*\[2 to 8\]: /, "many\r"],
        [/expected two whole numbers[^]*epochs .*\[2 to 8\]: /, "3 to 30\r"],
        [/learning_rate .*\[0.01 to 1\]: /, "\r"],
        [/batch_size .*: /, "-\r"],
        [/Metrics to keep.*: /, "test_accurcy\r"],
        [/did you mean[^]*Metrics to keep.*: /, "test_accuracy\r"],
        [/Name of the repository \[mine\]: /, "it's mine\r"],
        [/Write to .*: /, "own dir/c.json\r"],
      ],
    );
    expect(screen).toContain("code 0");
    expect(settings).toBe(true);
    expect(await readJson(join(project.path, "own dir/c.json"))).toMatchObject({
      models: {
        "it's mine": {
          models: ["small", "large"],
          supported_hyperparams: { epochs: { range: [3, 30] }, learning_rate: { range: [0.01, 1] } },
          performance_metrics: { log_patterns: { test_accuracy: expect.any(String) } },
        },
      },
    });
    expect(screen).toContain(`ea doctor --probe 'it'\\''s mine' small --config 'own dir/c.json'`);
  });

  it.each([
    ["Ctrl-C", "\x03"],
    ["Ctrl-D", "\x04"],
  ])("%s writes nothing, ends with 130 and leaves the terminal as it was", async (_, key) => {
    const { screen, settings } = await talk(
      ["mine/train.py", "--output", "never.json"],
      [
        [/Its models.*: /, "\r"],
        [/epochs .*: /, key],
      ],
    );
    expect(screen).toContain("Nothing was written");
    expect(screen).toContain("code 130");
    expect(settings).toBe(true);
    expect(existsSync(join(project.path, "never.json"))).toBe(false);
  });

  it("--yes asks nothing", async () => {
    const { screen } = await talk(["mine/train.py", "--yes", "--output", "yes.json"], []);
    expect(screen).not.toContain("Its models");
    expect(screen).toContain("code 0");
    expect(existsSync(join(project.path, "yes.json"))).toBe(true);
  });

  it("without a terminal nothing is asked, and a script is needed", async () => {
    expect(await project.ea(["init"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("expected a training script, found none"),
    });
  });
});
