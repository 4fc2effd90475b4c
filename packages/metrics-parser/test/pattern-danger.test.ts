import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { checkPythonRegex } from "../src/check-python-regex.ts";
import { scanLog } from "../src/scan-log.ts";

const EVIL = ["(a+)+$", "(?:.*)*x", "(\\w+\\s?)+:", "^(([a-z])+.)+[A-Z]([a-z])+$", "(?:x+x+)+y", "([0-9]+,?)+ acc"];
const Patterns = z.record(z.string(), z.string());
const Config = z.object({
  models: z.record(z.string(), z.object({ performance_metrics: z.object({ log_patterns: Patterns }) })),
});

async function refusal(pattern: string): Promise<string> {
  return checkPythonRegex(pattern, { where: "the metric m" }).then(
    () => "accepted",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

describe("a pattern that can take exponential time is refused", () => {
  test.each(EVIL)("%s", async (pattern) => {
    expect(await refusal(pattern)).toContain("it can take for ever");
  });

  it("naming its parts as they were written", async () => {
    expect(await refusal("(\\w+\\s?)+:")).toBe(
      'Cannot use the pattern of the metric m, "(\\w+\\s?)+:": it can take for ever: \\w+ repeats inside of (\\w+\\s?)+, so a ' +
        'text such as "aaaa…" can be divided in exponentially many ways, and when no match follows all are tried',
    );
    expect(await refusal("loss[:\\s]+(?:\\s*a\\s*)+b")).toContain("\\s* and \\s* repeat together");
    expect(await refusal("(?x) \\b x{2} ( \\w+ \\s? )+ :")).toContain("\\w+ repeats inside of ( \\w+ \\s? )+");
  });

  it("and a capture that repeats without taking a character, as before", async () => {
    expect(await refusal("(.*)*x")).toContain("without taking a character");
  });
});

describe("no other pattern is", () => {
  test.each([
    "loss.*?([0-9.]+)",
    "Test.*Accuracy[:\\s]+([0-9.]+)",
    "Top-\\s*1\\s*(?:Accuracy)?\\s*:\\s*([0-9.]+)",
    "(?:\\[SUCCESS\\]\\s+)?Test Accuracy[:\\s]+([0-9.]+)%?",
    "(?:[A-Za-z]+\\s+)+loss: (\\d+)",
    "(?:a{1000}){1000}b+c+",
    "(?:a*){30}".repeat(20),
  ])("%s", async (pattern) => {
    expect(await refusal(pattern)).toBe("accepted");
  });

  it("of our own configuration", async () => {
    const path = new URL("../../../config/models_config.json", import.meta.url);
    for (const { performance_metrics } of Object.values(Config.parse(JSON.parse(readFileSync(path, "utf8"))).models)) {
      for (const pattern of Object.values(performance_metrics.log_patterns)) {
        expect(await refusal(pattern)).toBe("accepted");
      }
    }
  });
});

describe("a hostile log", () => {
  const hostile = `${"a".repeat(100)}!\n${"loss".repeat(100)}\n`;

  test.each(["(a|a)*$", "(a|aa)+$", "(?:loss|l.ss)*: (\\d)", "(?:a?){60}a{60}"])(
    "makes %s, which no analysis refuses, given up and no other one",
    async (pattern) => {
      const metrics = { slow: { pattern }, good: "acc: ([0-9.]+)" };
      const scan = await scanLog(`acc: 0.5\n${hostile}`, { metrics, patternLimitMs: 50 });
      expect(scan.metrics).toMatchObject([
        { outcome: "too-slow", value: undefined, hint: expect.any(String) },
        { outcome: "found", value: 0.5 },
      ]);
    },
  );

  it("makes a fatal pattern given up, which is told", async () => {
    const fatal = [
      { name: "crash", pattern: /(?:a|a)*!!/ },
      { name: "oom", pattern: /^MemoryError/m },
    ];
    const scan = await scanLog(`${hostile}MemoryError\n`, { metrics: {}, fatal, patternLimitMs: 50 });
    expect(scan).toMatchObject({ fatalGivenUp: ["crash"], fatal: [{ name: "oom", line: 3 }] });
  });

  it("is refused before it is read when the pattern is known to be dangerous", async () => {
    await expect(scanLog(hostile, { metrics: { m: "(a+)+$" } })).rejects.toMatchObject({ code: "BAD_PATTERN" });
    const metrics = { m: { pattern: "a(\\d)", aggregation: "all" as const, x: "(a+)+$" } };
    await expect(scanLog(hostile, { metrics })).rejects.toThrow(/the metric m's x/);
  });
});
