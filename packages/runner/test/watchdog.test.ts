import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { expect, test } from "vitest";
import { cgroupState, makeTrainingCgroup } from "../src/training-cgroup.ts";
import { newTag, tagged, until, untilWritten } from "./processes.ts";
import { put, temporaryDirectory } from "./temporary.ts";

const SOURCE = new URL("../src/watchdog.ts", import.meta.url);

/** Starts a program with a watchdog and these tagged children; resolves once all of them run. */
async function startProgram(
  tag: ReturnType<typeof newTag>,
  { children, end }: { readonly children: readonly string[]; readonly end: string },
): Promise<ChildProcess> {
  const directory = await temporaryDirectory();
  const { outputText } = transpileModule(await readFile(SOURCE, "utf8"), {
    compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2023 },
  });
  await put(join(directory, "watchdog.mjs"), outputText);
  const program = await put(
    join(directory, "program.mjs"),
    `import { spawn } from "node:child_process";
     import { writeFileSync } from "node:fs";
     import { startWatchdog } from "./watchdog.mjs";
     const watchdog = startWatchdog("${tag.name}=${tag.value}", process.env);
     const env = { ...process.env, "${tag.name}": "${tag.value}" };
     for (const script of ${JSON.stringify(children)}) {
       spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore", env }).unref();
     }
     ${end}
     writeFileSync("${join(directory, "told")}", "ready");`,
  );
  const running = spawn(process.execPath, [program], {
    stdio: "ignore",
    env: { PATH: process.env["PATH"], STARTED: directory },
  });
  for (let child = 0; child < children.length; child += 1) await untilWritten(join(directory, String(child)));
  // Its children may be there before it has told the watchdog what it is to tell. One without any may have ended
  if (children.length > 0) await untilWritten(join(directory, "told"));
  return running;
}

const CHILDREN = [
  'echo ready > "$STARTED/0"; exec sleep 1000',
  'trap "" TERM; echo ready > "$STARTED/1"; exec sleep 1000',
];

test("when a program is killed, everything with the tag is ended, also what ignores SIGTERM", async () => {
  const tag = newTag("EARUN_SESSION");
  const program = await startProgram(tag, { children: CHILDREN, end: "setInterval(() => undefined, 1000);" });
  expect(tagged(tag)).toHaveLength(2);
  program.kill("SIGKILL");
  await until("nothing with the tag lives", () => tagged(tag).length === 0);
});

test("what has another tag lives on", async () => {
  const [tag, other] = [newTag("EARUN_SESSION"), newTag("EARUN_SESSION")];
  const stranger = spawn("sleep", ["1000"], { stdio: "ignore", env: { ...process.env, [other.name]: other.value } });
  const program = await startProgram(tag, { children: CHILDREN, end: "setInterval(() => undefined, 1000);" });
  program.kill("SIGKILL");
  await until("nothing with the tag lives", () => tagged(tag).length === 0);
  expect(tagged(other)).toEqual([stranger.pid]);
});

test("a watchdog keeps no program from ending", async () => {
  const program = await startProgram(newTag("EARUN_SESSION"), { children: [], end: "" });
  expect(await once(program, "exit")).toEqual([0, null]);
});

test("when a program is killed, governors are put back, unless it has done so", async () => {
  const directory = await temporaryDirectory();
  const [changed, restored] = await Promise.all(
    ["a governor", "b"].map((name) => put(join(directory, name), "performance\n")),
  );
  const told = (file = ""): string => `watchdog.governors(new Map([[${JSON.stringify(file)}, "powersave"]]));`;
  const program = await startProgram(newTag("EARUN_SESSION"), {
    children: CHILDREN,
    end: `${told(restored)} watchdog.governors(new Map()); ${told(changed)} setInterval(() => undefined, 1000);`,
  });
  program.kill("SIGKILL");
  await until("it is put back", () => readFileSync(changed ?? "", "utf8") === "powersave\n");
  expect(readFileSync(restored ?? "", "utf8")).toBe("performance\n");
});

const { isUsable, reason } = cgroupState();

test.skipIf(!isUsable)(
  `what is in the training's group is ended, and the group goes${isUsable ? "" : ` (skipped: ${reason})`}`,
  async () => {
    const group = makeTrainingCgroup(`${newTag().value}.0.1`);
    const hidden = group?.spawnInside(() =>
      spawn("sh", ["-c", "trap '' TERM; sleep 1000 & wait"], { stdio: "ignore" }),
    );
    await until("it is there", () => group?.pids().length === 2);
    const mark = JSON.stringify({ limitBytes: undefined, cgroup: group?.path });
    const end = `watchdog.mark(${mark}); setInterval(() => undefined, 1000);`;
    const program = await startProgram(newTag("EARUN_SESSION"), { children: CHILDREN, end });
    program.kill("SIGKILL");
    await until("it has ended", () => hidden?.signalCode === "SIGKILL");
    await until("the group is gone", () => !existsSync(group?.path ?? "/"));
    expect(group?.pids()).toEqual([]);
  },
);
