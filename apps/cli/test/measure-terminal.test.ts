import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellWords } from "../src/measure/measure-request.ts";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project } from "./project.ts";

const EA = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const hasScript = spawnSync("script", ["--version"]).status === 0;
const why = hasScript ? "" : " (skipped: no script of util-linux)";
const CTRL_C = "\x03";

describe.skipIf(!hasScript)(`ea measure on a terminal${why}`, () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  /** Starts `ea` with all three streams on a pseudo-terminal of `script`. */
  const start = (args: readonly string[], environment: Record<string, string> = { ...FAKE_TOOLS }) => {
    // A pseudo-terminal of `script` has no width of its own
    const line = `stty cols 100; exec ${shellWords([process.execPath, EA, "measure", ...args])}`;
    const child: ChildProcess = spawn("script", ["-qefc", line, "/dev/null"], {
      cwd: project.path,
      env: { ...process.env, TERM: "xterm", NO_COLOR: "1", CI: "", ...environment },
    });
    let screen = "";
    let onText: (() => void) | undefined;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      onText?.();
    });
    const ended = new Promise<number | null>((resolve) => {
      child.on("close", (code) => {
        resolve(code);
        onText?.();
      });
    });
    return {
      press: (keys: string) => void child.stdin?.write(keys),
      ended,
      screen: () => screen,
      shows: (text: RegExp) =>
        new Promise<void>((resolve, reject) => {
          onText = () => {
            if (text.test(screen)) resolve();
            else if (child.exitCode !== null) reject(new Error(`expected ${text}, found:\n${screen}`));
          };
          onText();
        }),
    };
  };

  it("shows how the run stands while the command's output is discarded, and wipes it away", async () => {
    const ea = start(["-n", "2", "sleep 5"]);
    expect(await ea.ended).toBe(0);
    const screen = ea.screen().replaceAll("\r\x1b[K", "<wiped>");
    expect(screen).toMatch(/<wiped>run 1\/2 {2}\d\.\d s {2}[^<]*gpu 100\.0 W ~\d+ J/);
    expect(screen).toMatch(/<wiped>run 2\/2/);
    // What stands before the table is wiped
    expect(screen).toMatch(/<wiped>sleep 5: 2 runs\r\n/);
    // Once a second
    expect(screen.match(/run 1\/2/g)?.length).toBeLessThanOrEqual(6);
  });

  it("shows none on a terminal that cannot, nor where the command writes itself", async () => {
    const dumb = start(["-n", "2", "sleep 1.5"], { TERM: "dumb" });
    expect(await dumb.ended).toBe(0);
    expect(dumb.screen()).not.toContain("run 1/2");
    const shown = start(["--", "sh", "-c", "sleep 1.5; echo mine"], {});
    expect(await shown.ended).toBe(0);
    expect(shown.screen()).not.toContain("\x1b[K");
    expect(shown.screen()).toContain("mine\r\n");
  });

  it("the command is in the foreground: it reads what is typed", async () => {
    const ea = start(["--", "sh", "-c", 'test -t 0 && echo ask; read answer; echo "got $answer"'], {});
    await ea.shows(/ask/);
    ea.press("yes\n");
    await ea.shows(/got yes/);
    expect(await ea.ended).toBe(0);
  });

  it("Ctrl-C reaches the command by itself; what was measured until then is told, 130", async () => {
    const ea = start(["--", "sh", "-c", "trap 'echo caught; exit 0' INT; echo up; while :; do sleep 0.1; done"]);
    await ea.shows(/up\r\n/);
    ea.press(CTRL_C);
    expect(await ea.ended).toBe(130);
    expect(ea.screen()).toContain("caught");
    expect(ea.screen()).toMatch(/: interrupted, exit code 0\r\n {2}quantity/);
    expect(ea.screen()).toMatch(/gpu GPU-\w+ +\d+(\.\d+)? J ±/);
    expect(ea.screen()).toContain("interrupted by SIGINT");
    expect(ea.screen()).not.toContain("Stopping");
  });

  it("Ctrl-C ends a command that does not listen, and no other run starts", async () => {
    // Not a shell, which loses a signal that comes while it starts a command
    const program = "console.log('up'); setInterval(() => {}, 100_000)";
    const ea = start(["-n", "5", "--show-output", "--", process.execPath, "-e", program], {});
    await ea.shows(/up\r\n/);
    ea.press(CTRL_C);
    expect(await ea.ended).toBe(130);
    expect(ea.screen()).toContain("run 1: interrupted, killed by SIGINT; it is in no mean");
    expect(ea.screen()).toContain("ended after 1 of 5 runs");
  });
});
