// Size of a report and time to make one, of 200 and 1000 runs with traces; how long Chromium takes until it can be used.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderReport } from "@ea/report";
import { chromium } from "playwright-core";
import { createBars } from "./bars.mjs";
import { describeMachine, median } from "./compare.mjs";
import { reportInput } from "./report-session.mjs";

const CHROMIUM = "/usr/bin/chromium";
const ROUNDS = 5;

describeMachine();
const bars = createBars();
const directory = mkdtempSync(join(tmpdir(), "ea-report-"));
const pages = [200, 1000].map((runs) => {
  const input = reportInput(runs);
  renderReport(input); // the first one also compiles
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    renderReport(input);
    return (performance.now() - start) / 1000;
  });
  const html = renderReport(input);
  const path = join(directory, `${runs}.html`);
  writeFileSync(path, html);
  console.log(`${runs} runs: ${(Buffer.byteLength(html) / 1e6).toFixed(2)} MB, made in ${median(times).toFixed(2)} s`);
  return { runs, path, bytes: Buffer.byteLength(html) };
});
bars.atMost("200 runs with traces", pages[0].bytes / 1e6, 1.5, "MB");
if (!existsSync(CHROMIUM)) bars.notMeasured("loading", `no ${CHROMIUM}`);
else {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  console.log(`Chromium ${browser.version()}, from the address to the drawn page, median of ${ROUNDS}`);
  for (const { runs, path } of pages) {
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const page = await browser.newPage();
      const start = performance.now();
      await page.goto(`file://${path}`);
      await page.waitForSelector("html[data-ready]");
      times.push((performance.now() - start) / 1000);
      await page.close();
    }
    if (runs === 1000) bars.atMost("loading 1000 runs", median(times), 2, "s");
    else console.log(`loading ${runs} runs: ${median(times).toFixed(2)} s`);
  }
  await browser.close();
}
rmSync(directory, { recursive: true });
process.exitCode = bars.missed.length === 0 ? 0 : 1;
