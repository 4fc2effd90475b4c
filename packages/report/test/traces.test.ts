import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lttb } from "../src/traces/lttb.ts";
import { packChannel, unpackChannel } from "../src/traces/trace-bytes.ts";
import { traceChannel } from "../src/traces/trace-channel.ts";

describe("largest triangles", () => {
  it("keep the ends and as many points as asked for, all of them original", () => {
    const ys = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 3, maxLength: 300 });
    fc.assert(
      fc.property(ys, fc.integer({ min: 3, max: 100 }), (y, count) => {
        const x = y.map((_, index) => index);
        const reduced = lttb({ x, y }, count);
        expect(reduced.x).toHaveLength(Math.min(count, y.length));
        expect([reduced.x[0], reduced.x.at(-1)]).toEqual([0, y.length - 1]);
        for (const [index, at] of reduced.x.entries()) expect(reduced.y[index]).toBe(y[at]);
      }),
      { seed: 7 },
    );
  });

  it("keep a single peak", () => {
    const y = Array.from({ length: 5000 }, (_, index) => (index === 3217 ? 900 : 100));
    expect(Math.max(...lttb({ x: y.map((_, index) => index), y }, 50).y)).toBe(900);
  });
});

describe("a line", () => {
  const x = Array.from({ length: 1000 }, (_, index) => (index < 500 ? index : index + 300));
  const y = x.map((second) => 100 + (second % 7));

  it("has a gap where samples are missing, and statistics of all samples", () => {
    const channel = traceChannel({ kind: "power", label: "GPU 0", x, y }, 100);
    expect(channel?.values.filter((value) => value === null)).toHaveLength(1);
    expect(channel?.values.length).toBeLessThanOrEqual(101);
    expect(channel?.statistics).toMatchObject({ samples: 1000, low: 100, high: 106 });
  });

  it("comes back from its bytes to within a five-hundredth of its height and a thousandth of its length", () => {
    const channel = traceChannel({ kind: "power", label: "GPU 0", x, y }, 100);
    if (!channel) throw new Error("expected a line");
    const bytes: number[] = [];
    const packed = packChannel(channel, bytes);
    const { channel: back, end } = unpackChannel(packed, Uint8Array.from(bytes), 0);
    expect(end).toBe(bytes.length);
    back.values.forEach((value, index) => {
      const original = channel.values[index] ?? null;
      expect(value === null).toBe(original === null);
      expect(Math.abs((value ?? 0) - (original ?? 0))).toBeLessThanOrEqual(6 / 500);
      expect(Math.abs((back.seconds[index] ?? 0) - (channel.seconds[index] ?? 0))).toBeLessThanOrEqual(1.3);
    });
  });
});
