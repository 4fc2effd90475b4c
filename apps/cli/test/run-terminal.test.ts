import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shellWords } from "../src/measure/measure-request.ts";
import { FAKE_TOOLS } from "./fakes.ts";
import { makeProject, type Project } from "./project.ts";

const EA = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const hasScript = spawnSync("script", ["--version"]).status === 0;
const why = hasScript ? "" : " (skipped: no script of util-linux)";
const RUN = "run -r tiny -mt epochs -s 1 --no-sleep --gate off".split(" ");
const ESCAPE = "\x1b";

describe.skipIf(!hasScript)(`ea run on a terminal${why}`, () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  /** Everything that comes to a pseudo-terminal of so many columns; `keys` are pressed once it shows something. */
  const screenOf = async (
    args: readonly string[],
    {
      columns = 120,
      press,
      ...environment
    }: { columns?: number; press?: { readonly keys: string; readonly when: RegExp } } & Record<string, unknown> = {},
  ): Promise<string> => {
    const line = `stty cols ${columns} rows 30; exec ${shellWords([process.execPath, EA, ...args])}`;
    const own = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, String(value)]));
    const child = spawn("script", ["-qefc", line, "/dev/null"], {
      cwd: project.path,
      env: { ...process.env, TERM: "xterm", CI: "", LC_ALL: "C.UTF-8", NO_COLOR: "1", ...own },
    });
    let screen = "";
    let isPressed = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      screen += text;
      if (!press || isPressed || !press.when.test(screen)) return;
      isPressed = true;
      child.stdin.write(press.keys);
    });
    await new Promise((resolve) => child.on("close", resolve));
    return screen;
  };

  it("shows how the session stands once a second, scrolls finished runs above, and wipes itself away", async () => {
    const screen = await screenOf([...RUN, "-m", "slow", "-n", "2"], FAKE_TOOLS);
    expect(screen).toMatch(/0\/2 ok, 2 left, ETA --/);
    expect(screen).toMatch(/run 0: tiny\/slow epochs=\d+ {2}attempt 1 {2}epoch 1\/2 /);
    expect(screen).toMatch(/gpu GPU-\w+ 100 W/);
    expect(screen).toMatch(/1\/2 ok, 1 left, ETA [\d.]+ s by one run/);
    expect(screen).toMatch(/\[2\/2\] tiny\/slow/);
    // The block has gone before the table comes, and the cursor was never hidden
    expect(screen.split("\x1b[J").at(-1)).toMatch(/^(?!.*ETA)[^]*2 of 2 runs succeeded/);
    expect(screen).not.toContain("\x1b[?25l");
    const seconds = 5;
    expect(screen.match(/ok, \d left, ETA/g)?.length).toBeLessThan(4 * seconds);
  });

  it("Ctrl-C leaves a clean screen and its words", async () => {
    const press = { keys: "\x03", when: /attempt 1/ };
    const screen = await screenOf([...RUN, "-m", "forever"], { press });
    const rest = screen.split("\x1b[J").at(-1) ?? "";
    expect(screen).toContain("Stopping: the training gets 10 s to end");
    expect(rest).not.toContain("ETA");
    expect(rest).toContain("0 of 1 runs succeeded");
  });

  it.each([
    ["a dumb terminal", { TERM: "dumb" }],
    ["CI", { CI: "true" }],
    ["a terminal without a width", { columns: 0 }],
  ])("%s gets a line with the time for each event, and no escape codes", async (_, surroundings) => {
    const screen = await screenOf([...RUN, "-m", "slow"], surroundings);
    expect(screen).not.toContain(ESCAPE);
    expect(screen).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {3}run 1\/1 tiny\/slow .* attempt 1 starts\r$/m);
    expect(screen).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[1\/1\] tiny\/slow/m);
  });

  it("a locale without UTF-8 gets ASCII", async () => {
    const screen = await screenOf([...RUN, "-m", "slow"], { LC_ALL: "C" });
    expect(screen).toMatch(/[#.]{20} 0\/1 ok/);
    expect(screen.replaceAll(ESCAPE, "")).toMatch(/^[\r\n -~]*$/);
  });

  it("a narrow window cuts lines", async () => {
    const screen = await screenOf([...RUN, "-m", "slow"], { columns: 40 });
    expect(screen).toMatch(/…\r\n/);
    const lines = screen.split(/\r\n/).filter((line) => /ETA|attempt 1/.test(line));
    for (const line of lines)
      expect(line.replaceAll(ESCAPE, "").replaceAll(/\[\d*[AJ]|\r/g, "").length).toBeLessThan(40);
  });
});

describe("ea run into a pipe", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  it("says now and then that it goes on", async () => {
    const { err } = await project.ea([...RUN, "-m", "slow", "--heartbeat", "0.5"]);
    expect(err).toMatch(
      /^[-\d]+ [:\d]+ 0 of 1 runs ended; run 0 tiny\/slow epochs=\d+, attempt 1, epoch \d\/2, [\d.]+ s/m,
    );
    expect(err).not.toContain(ESCAPE);
  });

  it("--quiet says nothing of the kind, and a bad interval is refused before anything runs", async () => {
    expect((await project.ea([...RUN, "-m", "slow", "--heartbeat", "0.2", "--quiet"])).err).not.toContain("runs ended");
    expect(await project.ea([...RUN, "-m", "good", "--heartbeat", "soon"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--heartbeat: expected seconds, at least 0 and less than a week, found "soon"'),
    });
  });
});
