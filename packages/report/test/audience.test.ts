import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../src/render-report.ts";
import { HAS_CHROMIUM, startBrowser, type TestBrowser, WHY } from "./chromium.ts";
import { sampleInput } from "./sample-session.ts";

const one = sampleInput({ runs: 24, repetitions: 2, failedEach: 7, withTraces: true });
const other = sampleInput({ runs: 10, session: "20260304_081500_second", energy: "measured" });
const HOSTILE = "<script>alert(1)</script>\"'&💥";

describe.skipIf(!HAS_CHROMIUM)(`a report for everybody${WHY}`, () => {
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser.close());

  it.each(["light", "dark"] as const)("has no violation that axe finds, in the %s theme", async (colorScheme) => {
    const { page } = await browser.open(renderReport(one), { colorScheme });
    for (const figure of await page.locator("figure").all()) await figure.scrollIntoViewIfNeeded();
    await page.evaluate(axe.source);
    const found = await page.evaluate(
      'axe.run({ resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(" | ")}`))',
    );
    expect(found).toEqual([]);
    await page.context().close();
  });

  it("lists the runs of all its sessions in one table, and says of each whose it is", async () => {
    const { page, errors } = await browser.open(
      renderReport({ ...one, sessions: [...one.sessions, ...other.sessions] }),
    );
    const ids = await page.locator("table.runs tbody th").allTextContents();
    expect(ids).toEqual(
      [...one.sessions, ...other.sessions].flatMap(({ records }) => records.map((each) => each.experiment_id)),
    );
    await page.getByLabel("Filter").fill("session=20260304_081500_second");
    expect(await page.locator("table.runs tbody tr:not([hidden])").count()).toBe(10);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("on paper cuts nothing off: every chart and table is within the page, no control is there", async () => {
    const { page } = await browser.open(renderReport(one), { viewport: { width: 718, height: 1000 } });
    for (const figure of await page.locator("figure").all()) await figure.scrollIntoViewIfNeeded();
    await page.emulateMedia({ media: "print" });
    const outside = await page.evaluate(() =>
      [...document.querySelectorAll("svg, table, pre, p, dl")].flatMap((element) => {
        const { right, width } = element.getBoundingClientRect();
        return width > 0 && right > document.documentElement.clientWidth + 1 ? [element.outerHTML.slice(0, 80)] : [];
      }),
    );
    expect(outside).toEqual([]);
    expect(await page.locator(".tools:visible, #theme:visible, input:visible, select:visible").count()).toBe(0);
    expect(await page.locator("table.runs tbody tr:visible").count()).toBe(24);
    await page.context().close();
  });

  it("names that are programs are shown, and run nothing", async () => {
    const input = sampleInput({ runs: 6, session: HOSTILE });
    const { page, errors } = await browser.open(renderReport(input));
    let dialogs = 0;
    page.on("dialog", () => (dialogs += 1));
    expect(await page.locator("h1").textContent()).toContain(HOSTILE);
    expect([dialogs, errors]).toEqual([0, []]);
    await page.context().close();
  });
});
