import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { reportDataOf } from "../src/model/report-data-of.ts";
import { renderReport } from "../src/render-report.ts";
import { HAS_CHROMIUM, type OpenPage, startBrowser, type TestBrowser, WHY } from "./chromium.ts";
import { sampleInput } from "./sample-session.ts";

const INPUT = sampleInput({ runs: 40, repetitions: 2, failedEach: 9, withTraces: true });
const HTML = renderReport(INPUT);
const DATA = reportDataOf(INPUT);
const RUNS = DATA.chapters[0]?.runs ?? [];
const KILO = 1000;

const shownIds = (page: Page): Promise<readonly string[]> =>
  page.locator("table.runs tbody tr:not([hidden]) th").allTextContents();
const idsOf = (isWanted: (run: (typeof RUNS)[number]) => boolean): readonly string[] =>
  RUNS.filter(isWanted).map(({ id }) => id);
const dots = (page: Page, figure: string): Promise<number> =>
  page.locator(`[data-figure=${figure}] .canvas svg path, [data-figure=${figure}] .canvas svg polyline`).count();

describe.skipIf(!HAS_CHROMIUM)(`a report in Chromium${WHY}`, () => {
  let browser: TestBrowser;
  let report: OpenPage;
  let page: Page;
  beforeAll(async () => {
    browser = await startBrowser();
    report = await browser.open(HTML);
    page = report.page;
  });
  afterAll(() => browser.close());

  it("has a chart, a finding and numbers in each figure, and its own SVG once it was in sight", async () => {
    for (const figure of await page.locator("figure").all()) {
      await figure.scrollIntoViewIfNeeded();
      await expect.poll(() => figure.locator(".canvas svg").count()).toBe(1);
      await expect.poll(() => figure.locator(".canvas.drawn-before").count()).toBe(0);
      expect((await figure.locator(".finding").textContent())?.length).toBeGreaterThan(20);
      expect(await figure.locator("table, a[href$=-runs]").count()).toBeGreaterThan(0);
      expect(await figure.locator("[role=img]").getAttribute("aria-label")).toContain(
        await figure.locator("h3").textContent(),
      );
    }
    const ids = await page.locator("figure").evaluateAll((all) => all.map(({ id }) => id));
    expect(ids).toEqual([
      "chapter-0-trade-off",
      "chapter-0-parallel",
      "chapter-0-effects",
      "chapter-0-slices",
      "chapter-0-split",
      "chapter-0-drift",
      "chapter-0-trace",
      "all-waste",
    ]);
  });

  it("lists every run, the failed ones too", async () => {
    expect(await shownIds(page)).toEqual(idsOf(() => true));
  });

  it.each([
    ["energy<20", ({ cost }) => cost !== null && cost / KILO < 20],
    ["energy<20000J", ({ cost }) => cost !== null && cost < 20_000],
    ["energy>=10 and optimizer=adam", (run) => (run.cost ?? 0) / KILO >= 10 && run.parameters.includes("adam")],
    ["status=failed", ({ status }) => status === "failed"],
    ["busy-host", ({ flags }) => flags.includes("busy-host")],
    ["test_acc>0.9", ({ metrics }) => (metrics[0] ?? 0) > 0.9],
  ] satisfies [string, (run: (typeof RUNS)[number]) => boolean][])(
    "the filter %s leaves what a count leaves",
    async (query, isWanted) => {
      await page.getByLabel("Filter").fill(query);
      expect(await shownIds(page)).toEqual(idsOf(isWanted));
      expect(await page.locator(".runs output").textContent()).toBe(`${idsOf(isWanted).length} of 40 runs`);
      await page.getByRole("button", { name: "Reset" }).click();
      expect(await shownIds(page)).toEqual(idsOf(() => true));
    },
  );

  it("says what a filter does not understand", async () => {
    await page.getByLabel("Filter").fill("enrgy<3");
    expect(await page.locator(".problem").textContent()).toBe("no column enrgy");
    await page.getByRole("button", { name: "Reset" }).click();
  });

  it("sorts by energy, both ways, what is missing last", async () => {
    const header = page.locator("table.runs thead th", { hasText: "energy (kJ)" });
    await header.getByRole("button").click();
    const ascending = RUNS.toSorted((a, b) => (a.cost ?? Infinity) - (b.cost ?? Infinity)).map(({ id }) => id);
    expect(await shownIds(page)).toEqual(ascending);
    expect(await header.getAttribute("aria-sort")).toBe("ascending");
    await header.getByRole("button").click();
    expect(await shownIds(page)).toEqual(ascending.toReversed());
    expect(await header.getAttribute("aria-sort")).toBe("descending");
  });

  it("brushing an axis keeps what a direct count keeps, in the table and in the chart above", async () => {
    const canvas = page.locator("[data-figure=parallel] .canvas");
    await canvas.scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator("[data-figure=parallel] .drawn-before").count()).toBe(0);
    const drag = async (): Promise<void> => {
      const box = await canvas.boundingBox();
      if (!box) throw new Error("expected the chart to be in sight");
      const names = await canvas.locator("svg text").evaluateAll((texts) =>
        texts.map((text) => ({
          text: text.textContent,
          x: text.getBoundingClientRect().x + text.getBoundingClientRect().width / 2,
        })),
      );
      const axis = names.find(({ text }) => text === "epochs");
      if (!axis) throw new Error("expected an axis epochs");
      // The middle of the axis upwards: from half of its range to its end
      const [top, bottom] = [box.y + 34, box.y + box.height - 14];
      await page.mouse.move(axis.x, (top + bottom) / 2);
      await page.mouse.down();
      await page.mouse.move(axis.x, top + 40, { steps: 5 });
      await page.mouse.move(axis.x, top, { steps: 5 });
      await page.mouse.up();
    };
    // Figures that are drawn meanwhile may move this one
    await vi.waitFor(
      async () => {
        await drag();
        expect((await shownIds(page)).length).toBeLessThan(40);
      },
      { timeout: 20_000, interval: 500 },
    );
    const epochs = RUNS.map(({ parameters }) => Number(parameters[0]));
    const compared = epochs.filter((_, index) => RUNS[index]?.leftOut === null);
    const air = 0.06 * (Math.max(...compared) - Math.min(...compared));
    const middle = (Math.max(...compared) + air + Math.min(...compared) - air) / 2;
    const wanted = idsOf(({ parameters, leftOut }) => leftOut === null && Number(parameters[0]) >= middle);
    expect(wanted.length).toBeGreaterThan(3);
    await expect.poll(() => shownIds(page).then((ids) => ids.toSorted())).toEqual(wanted.toSorted());
    await expect
      .poll(() => page.locator("[data-figure=trade-off] .canvas svg path[fill-opacity='0.12']").count())
      .toBeGreaterThan(0);
    await page.getByRole("button", { name: "Reset" }).click();
    expect((await shownIds(page)).length).toBe(40);
  });

  it("another metric changes title, finding and numbers; lower is better by its name", async () => {
    const figure = page.locator("[data-figure=trade-off]");
    const before = await figure.locator(".finding").textContent();
    await page.getByRole("combobox").selectOption("test_loss");
    expect(await figure.locator("h3").textContent()).toBe("Energy against test_loss");
    expect(await figure.locator(".finding").textContent()).not.toBe(before);
    expect(await page.getByLabel("lower is better").isChecked()).toBe(true);
    expect(await figure.locator("thead th").allTextContents()).toContain("test_loss");
    await page.getByRole("combobox").selectOption("test_accuracy");
    expect(await figure.locator(".finding").textContent()).toBe(before);
  });

  it("a logarithm can be had and left", async () => {
    const title = page.locator("[data-figure=trade-off] .canvas svg text", { hasText: "log scale" });
    await page.locator("[data-figure=trade-off]").scrollIntoViewIfNeeded();
    expect(await title.count()).toBe(1);
    await page.getByLabel("logarithmic").uncheck();
    await expect.poll(() => title.count()).toBe(0);
    await page.getByLabel("logarithmic").check();
  });

  it("by keyboard alone: a run is chosen, its trace shown and zoomed", async () => {
    const id = RUNS[3]?.id ?? "";
    await page.getByRole("button", { name: id }).focus();
    await page.keyboard.press("Enter");
    const figure = page.locator("[data-figure=trace]");
    expect(await figure.locator(".finding").textContent()).toContain(id);
    expect(await page.locator("tr.chosen th").textContent()).toBe(id);
    await expect.poll(() => dots(page, "trace")).toBeGreaterThan(4);
    const before = await figure.locator(".canvas svg").innerHTML();
    await figure.getByRole("button", { name: "Zoom in" }).focus();
    await page.keyboard.press("Space");
    await expect.poll(() => figure.locator(".canvas svg").innerHTML()).not.toBe(before);
    await figure.getByRole("button", { name: "Whole run" }).press("Enter");
    await expect.poll(() => figure.locator(".canvas svg").innerHTML()).toBe(before);
  });

  it("Tab reaches the theme, the controls, every chart's numbers, the filter and the table", async () => {
    const { page: fresh } = await browser.open(HTML);
    const reached = new Set<string>();
    for (let step = 0; step < 60; step += 1) {
      await fresh.keyboard.press("Tab");
      reached.add(
        await fresh.evaluate(() => {
          const element = document.activeElement;
          return (
            element?.id || element?.closest("label")?.textContent || element?.textContent?.trim().slice(0, 30) || ""
          );
        }),
      );
    }
    for (const name of ["theme", "Numbers of this chart", "lower is better", "logarithmic", "+", "Filter", "Reset"]) {
      expect([...reached]).toContain(name);
    }
    await fresh.context().close();
  });

  it("has said nothing to the console and asked for nothing", () => {
    expect(report.errors).toEqual([]);
    expect(report.requests).toEqual([]);
  });

  it("is dark where the system is, and changes by its button", async () => {
    const { page: dark } = await browser.open(HTML, { colorScheme: "dark" });
    const background = (): Promise<string> => dark.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const ink = (): Promise<string | null> =>
      dark.locator("[data-figure=trade-off] .canvas svg text").first().getAttribute("fill");
    expect([await background(), await ink()]).toEqual(["rgb(21, 24, 29)", "#a3abb6"]);
    await dark.getByRole("button", { name: "Switch to the light theme" }).click();
    expect([await background(), await ink()]).toEqual(["rgb(255, 255, 255)", "#5b6470"]);
    await dark.context().close();
  });

  it("fits a phone: nothing is wider than the screen but what scrolls by itself", async () => {
    const { page: phone, errors } = await browser.open(HTML, { viewport: { width: 390, height: 844 }, isMobile: true });
    expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(await phone.locator("[data-figure=trade-off] .canvas svg").getAttribute("width")).toBe("366");
    expect(errors).toEqual([]);
    await phone.context().close();
  });

  it("prints light, without controls, with the whole table", async () => {
    const { page: paper } = await browser.open(HTML, { colorScheme: "dark" });
    const pdf = await paper.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await paper.emulateMedia({ media: "print" });
    expect(await paper.locator("#theme").isVisible()).toBe(false);
    expect(await paper.locator(".runs .scroll").evaluate((element) => getComputedStyle(element).maxHeight)).toBe(
      "none",
    );
    await paper.context().close();
  });

  it("reads without JavaScript: charts, findings, every run", async () => {
    const { page: plain, errors } = await browser.open(HTML, { javaScriptEnabled: false });
    expect(await plain.locator("figure .canvas svg").count()).toBe(8);
    expect(await shownIds(plain)).toEqual(idsOf(() => true));
    expect(await plain.locator(".tools:visible, #theme:visible").count()).toBe(0);
    expect(errors).toEqual([]);
    await plain.context().close();
  });
});
