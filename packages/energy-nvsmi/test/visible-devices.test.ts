import { expect, test } from "vitest";
import { isVisible, usesIndices } from "../src/visible-devices.ts";

const GPUS = [0, 1, 2].map((index) => ({ uuid: `GPU-${index}a1b2c3d`, index }));
const visible = (devices: string | undefined): number[] =>
  GPUS.filter((gpu) => isVisible(gpu, devices)).map(({ index }) => index);

test.each([
  [undefined, [0, 1, 2]],
  ["", []],
  ["0", [0]],
  ["2,0", [0, 2]],
  [" 1 , 2 ", [1, 2]],
  ["-1", []],
  ["0,-1,1", [0]],
  ["NoDevFiles", []],
  ["GPU-1a1b2c3d", [1]],
  ["GPU-1a", [1]],
  ["GPU-0a,2", [0, 2]],
  ["MIG-0a1b2c3d", []],
  ["10", []],
])("CUDA_VISIBLE_DEVICES=%j shows %j", (devices, expected) => {
  expect(visible(devices)).toEqual(expected);
});

test("a GPU whose index is not known is found by its UUID only", () => {
  expect(isVisible({ uuid: "GPU-x", index: undefined }, "0")).toBe(false);
  expect(isVisible({ uuid: "GPU-x", index: undefined }, "GPU-x")).toBe(true);
});

test("a MIG slice shows its GPU, by its own name or by the old one", () => {
  const gpu = { uuid: "GPU-x", index: 0, migUuids: ["MIG-1", "MIG-2"] };
  expect(isVisible(gpu, "MIG-2")).toBe(true);
  expect(isVisible(gpu, "MIG-GPU-x/1/0")).toBe(true);
  expect(isVisible(gpu, "MIG-3")).toBe(false);
  expect(isVisible(gpu, "MIG-GPU-xy/1/0")).toBe(false);
});

test("entries are indices or names", () => {
  expect([undefined, "", "GPU-a,MIG-b", "-1,0", "GPU-a,1"].map(usesIndices)).toEqual([
    false,
    false,
    false,
    false,
    true,
  ]);
});
