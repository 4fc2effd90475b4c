import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { MetricsParserError } from "../src/errors.ts";
import type { MetricPattern } from "../src/metric-pattern.ts";
import type { MetricResult } from "../src/metric-result.ts";
import { scanLog } from "../src/scan-log.ts";
import { sampled } from "./live-heap.ts";

const SEED = 20261123;
const WINDOW = 1_048_576;
const OVERLAP = 65_536;

async function scanOne(log: string, pattern: MetricPattern): Promise<MetricResult> {
  const [result] = (await scanLog(log, { metrics: { metric: pattern } })).metrics;
  if (result === undefined) throw new Error("no result");
  return result;
}

describe("metrics of logs as trainers print them", () => {
  test.each([
    ["Test set: Average loss: 0.1808, Accuracy: 9478/10000 (95%)\n", "Average loss: ([0-9.]+)", 0.1808],
    ["\u001b[0;32m[SUCCESS]\u001b[0m Test Accuracy: 95%\n", "\\[SUCCESS\\] Test Accuracy[:\\s]+([0-9.]+)%", 95],
    ["train error: 0.79\ntest error: 0.91\n", "(?m)^test error: ([0-9.]+)", 0.91],
    ["Train Epoch: 15 [59740/60000 (99%)]\tLoss: 0.026824\n", "Loss: ([0-9.]+)", 0.026824],
    ["Epoch: [0]\tPrec@1 55.469 (40.409)\nEpoch: [1]\tPrec@1 60.5 (41)\n", "Prec@1\\s+([0-9.]+)", 60.5],
    ["测试准确率: 90.84%  最佳验证准确率: 90.840%\n", "测试准确率[:\\s]+([0-9.]+)", 90.84],
    [" 5%|▌ | 1/20\r10%|█ | 2/20\r{'loss': 0.7699, 'epoch': 0.22}", "'loss':\\s*([0-9.]+)", 0.7699],
    ["1/2 loss: 0.5\r2/2 loss: 0.25\r\n", "(?m)^2/2 loss: ([0-9.]+)$", 0.25],
    ["'learning_rate': 2.93e-05}", "'learning_rate': ([0-9.e-]+)", 2.93e-5],
    ["Accuracy: 4623/5000 = 0.9246 | Precision:0.9723\n", "Accuracy[:\\s]+\\d+/\\d+\\s*=\\s*([0-9.]+)", 0.9246],
    ["Top- 1 Accuracy: 0.383 (38.3%)\n", "Top-\\s*1\\s+Accuracy:\\s*([0-9.]+)", 0.383],
    ["Rank@1:0.893409 mAP:0.724662\n", "map:\\s*([0-9.]+)", 0.724662],
    ["Accuracy:\n  0.875\n", "Accuracy[:\\s]+([0-9.]+)", 0.875],
  ])("%j", async (log, pattern, value) => {
    expect(await scanOne(log, pattern)).toMatchObject({ outcome: "found", value });
  });
});

describe("a metric", () => {
  it("is the last match, with its line", async () => {
    expect(await scanOne("loss: 1\nx\nloss: 0.5\nend\n", "loss: ([0-9.]+)")).toEqual({
      name: "metric",
      required: "any",
      richForm: false,
      aggregation: "last",
      outcome: "found",
      value: 0.5,
      unit: undefined,
      printed: undefined,
      text: "0.5",
      line: 3,
      notFinite: undefined,
      series: undefined,
      hint: undefined,
    });
  });

  it("is missing, without a value", async () => {
    expect(await scanOne("acc: 1\n", "loss: ([0-9.]+)")).toMatchObject({
      outcome: "missing",
      value: undefined,
      text: undefined,
      line: undefined,
    });
  });

  it("is required by default when given as an object", async () => {
    expect(await scanOne("a", { pattern: "a" })).toMatchObject({ required: true, richForm: true });
    expect(await scanOne("a", { pattern: "a", required: false })).toMatchObject({ required: false, richForm: true });
  });

  it("is the whole match without a group, and empty when its group took no part", async () => {
    expect(await scanOne("x 12 y", "[0-9]+")).toMatchObject({ outcome: "found", value: 12 });
    expect(await scanOne("loss", "loss(?:: ([0-9.]+))?")).toMatchObject({ outcome: "not-a-number", text: "" });
  });

  test.each([
    [0, "found"],
    [1, "found"],
    [1.5, "out-of-range"],
    [-0.1, "out-of-range"],
  ])("%j in [0, 1] is %s, and keeps its value", async (value, outcome) => {
    const result = await scanOne(`acc ${value}`, { pattern: "acc ([-0-9.]+)", range: [0, 1] });
    expect(result).toMatchObject({ outcome, value });
  });

  test.each([
    ["loss: nan", "not-finite"],
    ["loss: -Infinity", "not-finite"],
    ["loss: 1e999", "not-finite"],
    ["loss: 1_000", "not-a-number"],
    ["loss: abc", "not-a-number"],
  ])("%j is %s, without a value", async (log, outcome) => {
    expect(await scanOne(log, "loss: (\\S+)")).toMatchObject({ outcome, value: undefined });
  });

  it("has at most 200 characters of text", async () => {
    expect((await scanOne("y".repeat(1000), "y+")).text).toBe("y".repeat(200));
  });

  it("comes in the order of the patterns", async () => {
    const { metrics } = await scanLog("b 1 a 2", { metrics: { b: "b (\\d)", a: "a (\\d)", c: "c" } });
    expect(metrics.map(({ name }) => name)).toEqual(["b", "a", "c"]);
  });

  it("whose pattern can match nothing ends", async () => {
    expect(await scanOne("a😀b", "x*")).toMatchObject({ outcome: "not-a-number", text: "" });
    expect(await scanOne("", "x*")).toMatchObject({ outcome: "not-a-number", line: 1 });
  });

  it("whose pattern cannot be used is refused before the log is read", async () => {
    const unread = (function* (): Generator<string> {
      yield "a";
      throw new Error("was read");
    })();
    const scan = scanLog(unread, { metrics: { bad: "(" } });
    await expect(scan).rejects.toThrow(MetricsParserError);
    await expect(scan).rejects.toThrow(/the metric bad/);
  });
});

describe("a value that is no longer finite", () => {
  const loss = "loss: ([0-9.]+)";
  test.each([
    ["loss: 0.5\nloss: nan\n", loss, { outcome: "not-finite", text: "nan", line: 2, value: undefined }],
    ["loss: nan\nloss: 0.5\n", loss, { outcome: "found", value: 0.5, line: 2 }],
    ["loss: nan\n", loss, { outcome: "not-finite", line: 1 }],
    ["loss: 0.5\nLOSS: -Inf\n", loss, { outcome: "not-finite", text: "-Inf" }],
    ["loss: 0.5\nloss: info\n", loss, { outcome: "found", value: 0.5 }],
    ["loss: 0.5\ngrad: nan\n", loss, { outcome: "found", value: 0.5 }],
    ["loss 0.5 grad nan\n", "loss.*?([0-9.]+)", { outcome: "found", value: 0.5 }],
    ["train loss 0.5, val loss nan\n", "loss.*?([0-9.]+)", { outcome: "not-finite" }],
    ["val loss: 1\nval loss: nan", "(?:train|val) loss: ([0-9.]+)", { outcome: "not-finite" }],
    ["loss: 1\nloss: inf", "(?x) loss: # name\n \\s* ([0-9.]+)", { outcome: "not-finite", line: 2 }],
    ["loss: 1\nx nan", "acc |loss: ([0-9.]+)", { outcome: "found", value: 1 }],
    ["1% nan", "([0-9]+)%", { outcome: "found", value: 1 }],
    [": 1 : nan", ": ([0-9]+)", { outcome: "found", value: 1 }],
    ["loss: 1 loss: nan", "(?:loss: ([0-9]+))", { outcome: "found", value: 1 }],
  ])("%j with %j", async (log, pattern, expected) => {
    expect(await scanOne(log, pattern)).toMatchObject(expected);
  });
});

describe("a hint", () => {
  test.each([
    ["x\nloss: 1\n", "^loss: ([0-9.]+)", "`^` matches only at the start of the log; write (?m)^ for line starts"],
    ["loss: 1\nx\n", "loss: ([0-9.]+)$", expect.stringContaining("`$` matches only at the end of the log")],
    ["loss: 1\n", "loss: [0-9]", expect.stringContaining("has no group")],
    ["loss: 0.5.\n", "loss: ([0-9.]+)", expect.stringContaining("full stop")],
    ["loss: x\n", "loss: (.)", undefined],
    ["x\n", "(?m)^loss", undefined],
    ["loss: 1\n", "^loss: ([0-9.]+)", undefined],
  ])("for %j with %j", async (log, pattern, hint) => {
    const result = await scanOne(log, pattern);
    expect(result.hint).toEqual(hint);
  });
});

describe("a fatal pattern", () => {
  const fatal = [
    { name: "oom", pattern: /^RuntimeError: CUDA out of memory/m },
    { name: "trace", pattern: /^Traceback \(most recent call last\)/m },
    { name: "never", pattern: /^Segmentation fault/m },
  ];

  it("gives its first match as its line, in order of appearance", async () => {
    const log =
      "x\nTraceback (most recent call last):\nRuntimeError: CUDA out of memory. Tried\nRuntimeError: CUDA out of memory\n";
    expect((await scanLog(log, { metrics: {}, fatal })).fatal).toEqual([
      { name: "trace", line: 2, text: "Traceback (most recent call last):" },
      { name: "oom", line: 3, text: "RuntimeError: CUDA out of memory. Tried" },
    ]);
  });

  it("is not found inside of a line, and may be global or sticky", async () => {
    const log = `train error: RuntimeError: CUDA out of memory\n${"x".repeat(300)}Killed\n`;
    const sticky = { name: "killed", pattern: /killed/giy };
    const { fatal: found } = await scanLog(log, { metrics: {}, fatal: [...fatal, sticky] });
    expect(found).toEqual([{ name: "killed", line: 2, text: `${"x".repeat(100)}Killed` }]);
  });

  it("is found at the first character", async () => {
    const { fatal: found } = await scanLog("\nKilled", { metrics: {}, fatal: [{ name: "any", pattern: /\n/ }] });
    expect(found).toEqual([{ name: "any", line: 1, text: "" }]);
  });
});

describe("lines", () => {
  test.each([
    ["", 0],
    ["a", 1],
    ["a\n", 1],
    ["a\nb", 2],
    ["a\r\nb\rc\n", 3],
    ["\n\n", 2],
  ])("of %j are %i", async (log, lines) => {
    expect((await scanLog(log, { metrics: {} })).lines).toBe(lines);
  });
});

describe("a log longer than a window", () => {
  const filler = `${"x".repeat(63)}\n`.repeat(16_384); // two windows

  it("numbers its lines through", async () => {
    const scan = await scanLog(`${filler}${filler}loss: 7\n${filler}`, { metrics: { loss: "loss: (\\d)" } });
    expect(scan).toMatchObject({ lines: 3 * 16_384 + 1, metrics: [{ value: 7, line: 2 * 16_384 + 1 }] });
  });

  it("has one start and one end", async () => {
    const log = `a 1 b${filler}a 2 b${filler}a 3 b`;
    const metrics = { start: "^a (\\d)", end: "a (\\d) b$", first: "(?<![^\\n])a (\\d)" };
    expect((await scanLog(log, { metrics })).metrics.map(({ value }) => value)).toEqual([1, 3, 3]);
  });

  it("gives a match on any border, up to 64 Ki characters long", async () => {
    for (const place of [WINDOW - OVERLAP, WINDOW, WINDOW - 10]) {
      for (const length of [1, 100, OVERLAP - 20]) {
        const log = `${"x".repeat(place - length)}<${"-".repeat(length)}5>${filler}`;
        expect(await scanOne(log, "<-+([0-9])>")).toMatchObject({ outcome: "found", value: 5 });
      }
    }
  });

  it("gives no match that its border may have cut", async () => {
    const log = `${"x".repeat(WINDOW - OVERLAP - 10)}<${"1".repeat(OVERLAP + 100)}${filler}`;
    expect(await scanOne(log, "<1+")).toMatchObject({ outcome: "missing" });
  });

  it("keeps characters of two units whole", async () => {
    for (const shift of [0, 1]) {
      const log = `${"y".repeat(shift)}${"😀".repeat(1_200_000)}`;
      const scan = await scanLog(log, { metrics: { face: "😀()", other: "[^😀y]", half: "\\ud83d" } });
      expect(scan.metrics.map(({ outcome }) => outcome)).toEqual(["not-a-number", "missing", "missing"]);
    }
  });
});

describe("laws", () => {
  const pieces = [
    "loss: 0.5",
    "loss: nan",
    "\n",
    "\r",
    "\r\n",
    "\u001b[31m",
    "\u001b]0;t\u0007",
    "测试: 3",
    "é😀",
    "\u001b",
    "E",
    "1",
  ];
  const log = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));
  const cuts = fc.array(fc.nat({ max: 200 }), { maxLength: 20 });
  const options = {
    metrics: { loss: "loss: ([0-9.]+)", zh: "(?m)^测试: (\\d)", face: "(😀)", all: "(?s)^(.*)$" },
    fatal: [{ name: "e", pattern: /^E/m }],
  };
  const cut = <T extends string | Uint8Array>(
    text: T,
    at: readonly number[],
    slice: (from: number, to: number) => T,
  ): T[] => {
    const borders = [0, ...at.filter((place) => place <= text.length).sort((a, b) => a - b), text.length];
    return borders.slice(1).map((to, index) => slice(borders[index] ?? 0, to));
  };

  it("the way a log is cut into strings or bytes changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(log, cuts, async (text, at) => {
        const whole = await scanLog(text, options);
        const bytes = Buffer.from(text);
        expect(
          await scanLog(
            cut(text, at, (from, to) => text.slice(from, to)),
            options,
          ),
        ).toEqual(whole);
        expect(
          await scanLog(
            cut<Uint8Array>(bytes, at, (from, to) => bytes.subarray(from, to)),
            options,
          ),
        ).toEqual(whole);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("so do invalid bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), cuts, async (bytes, at) => {
        const whole = await scanLog([bytes], options);
        expect(
          await scanLog(
            cut<Uint8Array>(bytes, at, (from, to) => bytes.subarray(from, to)),
            options,
          ),
        ).toEqual(whole);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe("memory", () => {
  test.each([
    ["lines", "\n"],
    ["one line", " "],
  ])("for a log of 100 MB in %s stays below 10 MB", async (_what, separator) => {
    const chunk = Buffer.from(`Epoch 1 loss: 0.5 测试准确率: 90.84%${separator}`.repeat(1400));
    const growths: number[] = [];
    const log = sampled(chunk, 100_000_000, (bytes) => growths.push(bytes));
    const { metrics } = await scanLog(log, { metrics: { loss: "loss: ([0-9.]+)", none: "nothing: (\\d+)" } });
    expect(metrics).toMatchObject([{ value: 0.5 }, { outcome: "missing" }]);
    expect(growths.length).toBeGreaterThan(5);
    expect(Math.max(...growths)).toBeLessThan(10_000_000);
  });
});

describe("abort", () => {
  it("rejects with the reason, even while the source is stuck", async () => {
    const controller = new AbortController();
    async function* stuck(): AsyncGenerator<string> {
      yield "a";
      controller.abort("enough");
      await new Promise(() => undefined);
    }
    await expect(scanLog(stuck(), { metrics: {}, signal: controller.signal })).rejects.toBe("enough");
  });
});
