import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { makeProject, type Project, type Running } from "./project.ts";

const RUN = "run -r tiny -mt epochs -n 3 -s 1 --no-sleep --gate off".split(" ");

let project: Project;
beforeEach(async () => {
  project = await makeProject();
  return () => project.remove();
});

const standing = async (): Promise<Record<string, unknown>> => JSON.parse((await project.ea(["status", "--json"])).out);

/** Starts a session, and resolves once its first training runs. */
async function startSession(model: string): Promise<Running> {
  const running = project.start([...RUN, "-m", model]);
  await running.says("Writing to");
  for (;;) {
    const { current } = await standing();
    if (current !== null && JSON.stringify(current).includes('"attempt":1')) return running;
  }
}

it("a running session is told from any shell, and stops after the training that runs", async () => {
  const running = await startSession("waits");
  const told = await project.ea(["status"]);
  expect(told.out).toMatch(
    /: running, pid \d+ on .*\n0 of 3 runs ended: 0 succeeded; 3 left\nnow: row 0, attempt 1, for /,
  );
  const stopped = await project.ea(["stop"]);
  expect(stopped).toMatchObject({ code: 0, err: expect.stringContaining("the running training ends by itself") });
  expect((await project.ea(["status"])).out).toContain("asked to stop");
  await project.write("repository/go", "");
  expect(await running.finished).toMatchObject({
    code: 4,
    err: expect.stringContaining("Stopped before row 1, as `ea stop` has asked"),
  });
  expect(await standing()).toMatchObject({ state: "stopped", completed: 1, left: 2 });
  const { session } = await standing();
  expect((await project.ea(["status"])).out).toContain(`Next: ea resume ${String(session)}`);
  expect((await project.ea(["resume", String(session), "--no-sleep", "--gate", "off"])).code).toBe(0);
  expect(await standing()).toMatchObject({ state: "finished", completed: 3, left: 0, stop_requested: false });
});

it("--now ends the training as well, and its row runs again", async () => {
  const running = await startSession("waits");
  expect((await project.ea(["stop", "--now"])).err).toContain("the running training is being ended");
  expect((await running.finished).code).toBe(143);
  expect(await standing()).toMatchObject({ state: "interrupted", completed: 0, left: 3 });
});

it("a session whose process was killed is told as lost, and there is nothing to stop", async () => {
  const running = await startSession("forever");
  running.kill("SIGKILL");
  await running.finished;
  expect(await standing()).toMatchObject({ state: "lost", left: 3 });
  expect(await project.ea(["stop"])).toMatchObject({ code: 0, err: expect.stringContaining("is not running (lost)") });
});

it("a session is found by name or directory, and of several the one that began last is meant", async () => {
  const first = await project.run("good");
  const second = await project.run("exit3", "-mr", "0");
  expect(await standing()).toMatchObject({ session: second.result.session, failed: 1 });
  for (const given of [first.result.session, join("results", first.result.session)]) {
    expect((await project.ea(["status", given])).out).toContain("1 of 1 runs ended: 1 succeeded; 0 left");
  }
  expect(readdirSync(join(project.path, "results"))).toHaveLength(2);
});

it("where there is no session, that is said", async () => {
  expect(await project.ea(["status"])).toMatchObject({
    code: 2,
    err: expect.stringContaining("results: expected a session below it, found none"),
  });
});
