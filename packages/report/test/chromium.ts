import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const EXECUTABLE = PATHS.find(existsSync);

/** Whether there is a Chromium to test in. */
export const HAS_CHROMIUM = EXECUTABLE !== undefined;
/** For the title of tests that are skipped. */
export const WHY = HAS_CHROMIUM ? "" : " (skipped: no chromium)";

/** A page from disk in a real browser. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of the page, of its console and of its policy. */
  readonly errors: readonly string[];
  /** Addresses that were asked for besides the page itself. */
  readonly requests: readonly string[];
}

/** A browser with a directory of its own for pages. */
export interface TestBrowser {
  readonly open: (html: string, options?: BrowserContextOptions) => Promise<OpenPage>;
  readonly close: () => Promise<void>;
}

/** Starts a headless browser without any network of its own. */
export async function startBrowser(): Promise<TestBrowser> {
  const directory = await mkdtemp(join(tmpdir(), "ea-report-"));
  const browser: Browser = await chromium.launch({
    ...(EXECUTABLE !== undefined && { executablePath: EXECUTABLE }),
    args: ["--no-sandbox"],
  });
  let count = 0;
  return {
    async open(html, options = {}) {
      const path = join(directory, `${(count += 1)}.html`);
      await writeFile(path, html);
      const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
      const page = await context.newPage();
      const errors: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) errors.push(message.text());
      });
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== `file://${path}`) requests.push(request.url());
      });
      await page.goto(`file://${path}`);
      if (options.javaScriptEnabled !== false) await page.waitForSelector("html[data-ready]");
      return { page, errors, requests };
    },
    async close() {
      await browser.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
