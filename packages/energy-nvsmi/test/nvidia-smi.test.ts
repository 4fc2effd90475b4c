import { expect, test, vi } from "vitest";
import { runNvidiaSmi } from "../src/nvidia-smi.ts";
import { useFakeNvidiaSmi } from "./fake-nvidia-smi.ts";

const { directory } = useFakeNvidiaSmi();

test("output is kept to its last newline", async () => {
  const { stdout, failure, isMissing } = await runNvidiaSmi(["-L"]);
  expect(stdout).toMatch(/^GPU 0: NVIDIA H100 80GB HBM3 \(UUID: GPU-\S+\)\n$/);
  expect(failure).toBeUndefined();
  expect(isMissing).toBe(false);
});

test("a failure is told with status and words, which nvidia-smi prints on stdout", async () => {
  vi.stubEnv("FAKE_GPU_MODE", "no-driver");
  expect((await runNvidiaSmi(["-L"])).failure).toMatch(
    /^nvidia-smi ended with status 9: NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver\./,
  );
});

test("no nvidia-smi on PATH is told apart", async () => {
  vi.stubEnv("PATH", directory());
  expect(await runNvidiaSmi(["-L"])).toMatchObject({ isMissing: true });
});

test("time stamps are UTC, so that no daylight saving step is in them", async () => {
  vi.stubEnv("TZ", "Asia/Kolkata");
  const { stdout } = await runNvidiaSmi(["--query-gpu=timestamp", "--format=csv,nounits"]);
  const [date = "", time = ""] = stdout.split("\n")[1]?.split(" ") ?? [];
  expect(Math.abs(Date.parse(`${date.replaceAll("/", "-")}T${time}Z`) - Date.now())).toBeLessThan(60_000);
});
