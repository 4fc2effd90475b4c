import { expect, test } from "vitest";
import { parseDeviceList } from "../src/device-list.ts";

test("GPUs with their slices", () => {
  const text = `GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-a)
  MIG 1g.10gb     Device  0: (UUID: MIG-1)
  MIG 1g.10gb     Device  1: (UUID: MIG-2)
GPU 1: NVIDIA H100 80GB HBM3 (UUID: GPU-b)
`;
  expect(parseDeviceList(text)).toEqual([
    { uuid: "GPU-a", migUuids: ["MIG-1", "MIG-2"] },
    { uuid: "GPU-b", migUuids: [] },
  ]);
});

test("an error lists no GPU", () => {
  expect(parseDeviceList("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n")).toEqual(
    [],
  );
});
