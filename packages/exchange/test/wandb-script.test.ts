import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { WANDB_SCRIPT } from "../src/wandb-script.ts";

const hasPython = spawnSync("python3", ["--version"]).status === 0;

it.skipIf(!hasPython)("is Python", () => {
  const directory = mkdtempSync(join(tmpdir(), "ea-wandb-"));
  const path = join(directory, "runs.jsonl.py");
  writeFileSync(path, WANDB_SCRIPT);
  const { status, stderr } = spawnSync("python3", ["-m", "py_compile", path], { encoding: "utf8" });
  rmSync(directory, { recursive: true });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});
