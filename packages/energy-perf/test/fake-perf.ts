import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

const BIN = new URL("fixtures/bin", import.meta.url).pathname;

/** Gives each test of the file a directory of its own, and the fake perf instead of a real one. */
export function useFakePerf(): { readonly directory: () => string } {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ea-perf-test-"));
    vi.stubEnv("PATH", `${BIN}:${process.env["PATH"]}`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true, force: true });
  });
  return { directory: () => directory };
}
