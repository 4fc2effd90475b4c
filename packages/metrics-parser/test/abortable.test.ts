import { expect, it } from "vitest";
import { abortable } from "../src/abortable.ts";

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of source) all.push(item);
  return all;
}

it("gives what its source gives", async () => {
  const { signal } = new AbortController();
  async function* source(): AsyncGenerator<number> {
    yield* [1, 2];
  }
  expect(await collect(abortable([1, 2], undefined))).toEqual([1, 2]);
  expect(await collect(abortable([1, 2], signal))).toEqual([1, 2]);
  expect(await collect(abortable(source(), signal))).toEqual([1, 2]);
});

it("passes an error of its source on", async () => {
  const failing = (function* (): Generator<number> {
    yield 1;
    throw new Error("broken");
  })();
  await expect(collect(abortable(failing, new AbortController().signal))).rejects.toThrow("broken");
});

it("ends its source when the consumer stops", async () => {
  let isEnded = false;
  async function* source(): AsyncGenerator<number> {
    try {
      yield* [1, 2];
    } finally {
      isEnded = true;
    }
  }
  for await (const item of abortable(source(), new AbortController().signal)) {
    expect(item).toBe(1);
    break;
  }
  await Promise.resolve();
  expect(isEnded).toBe(true);
});

it("does not start when already aborted", async () => {
  await expect(collect(abortable([1], AbortSignal.abort("late")))).rejects.toBe("late");
});

it("does not wait for a stuck source when it is aborted between two steps", async () => {
  const controller = new AbortController();
  async function* stuck(): AsyncGenerator<number> {
    yield 1;
    await new Promise(() => undefined);
  }
  const items = abortable(stuck(), controller.signal);
  await items.next();
  controller.abort("between");
  await expect(items.next()).rejects.toBe("between");
});
