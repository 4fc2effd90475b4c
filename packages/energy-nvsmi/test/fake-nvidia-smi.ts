import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

const BIN = new URL("fixtures/bin", import.meta.url).pathname;

/** UUID of a GPU of the fake. */
export function fakeUuid(gpu: number): string {
  return `GPU-00000000-0000-4000-8000-${String(gpu).padStart(12, "0")}`;
}

/** Gives each test of the file a directory of its own, and the fake nvidia-smi instead of a real one. */
export function useFakeNvidiaSmi(): { readonly directory: () => string } {
  let directory = "";
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "ea-nvsmi-test-"));
    vi.stubEnv("PATH", `${BIN}:${process.env["PATH"]}`);
    vi.stubEnv("EA_TEST_DIRECTORY", directory);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true, force: true });
  });
  return { directory: () => directory };
}
