import { delimiter } from "node:path";
import { fileURLToPath } from "node:url";

const DIRECTORIES = ["energy-perf", "energy-nvsmi"].map((name) =>
  fileURLToPath(new URL(`../../../packages/${name}/test/fixtures/bin`, import.meta.url)),
);

/** What the fake perf and the fake nvidia-smi count, in watts, by quantity. */
export const FAKE_WATTS: Readonly<Record<string, number>> = { cpu_package: 20, dram: 5, cpu_psys: 30, gpu: 100 };

/** An environment in which perf and nvidia-smi are fakes; which RAPL events perf is asked for is up to the kernel. */
export const FAKE_TOOLS: Readonly<Record<string, string>> = {
  PATH: [...DIRECTORIES, process.env["PATH"] ?? ""].join(delimiter),
  FAKE_PERF_PKG_WATTS: "20",
  FAKE_PERF_RAM_WATTS: "5",
  FAKE_PERF_PSYS_WATTS: "30",
  FAKE_GPU_WATTS: "100",
};
