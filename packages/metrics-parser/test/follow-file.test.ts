import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { columnStatistics } from "../src/column-statistics.ts";
import { followFile } from "../src/follow-file.ts";

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "telemetry-"));
  path = join(directory, "live.csv");
  writeFileSync(path, "t,power [W]\n");
});
afterEach(() => rmSync(directory, { recursive: true }));

describe("followFile", () => {
  it("delivers what is written until it is told to end, and what the file holds by then", async () => {
    const controller = new AbortController();
    const rows = ["1,10 W\n", "2,20", " W\n", "3,30 W\n", "4,40 W\n"];
    const statistics = columnStatistics(followFile(path, { until: controller.signal, pollMs: 1 }), {
      onProgress() {
        const row = rows.shift();
        if (row !== undefined) appendFileSync(path, row);
        if (rows.length === 0) controller.abort();
      },
    });
    expect(await statistics).toMatchObject({ rows: 4, badRows: 0, columns: { "power [W]": { sum: 100 } } });
  });

  it("reads what is there when it is told to end before it begins", async () => {
    appendFileSync(path, "1,10 W\n");
    const { rows } = await columnStatistics(followFile(path, { until: AbortSignal.abort() }));
    expect(rows).toBe(1);
  });

  it.each([
    ["becomes shorter", () => truncateSync(path, 3), "found 3 bytes after 12"],
    ["is taken away", () => rmSync(path), "found nothing there any more"],
    ["is replaced", () => (writeFileSync(`${path}.new`, "t\n"), renameSync(`${path}.new`, path)), "found another file"],
  ])("throws when the file %s", async (_what, change, message) => {
    const { signal } = new AbortController();
    const bytes = followFile(path, { until: signal, pollMs: 1 });
    await bytes.next();
    change();
    await expect(bytes.next()).rejects.toMatchObject({
      code: "FILE_CHANGED",
      message: expect.stringContaining(message),
    });
  });

  it("can be left by an abort of the statistics", async () => {
    const controller = new AbortController();
    const { signal } = new AbortController();
    const statistics = columnStatistics(followFile(path, { until: signal, pollMs: 1 }), {
      signal: controller.signal,
      onProgress: () => controller.abort("left"),
    });
    await expect(statistics).rejects.toBe("left");
  });
});
