// Pictures of a terminal and of a report, taken in a headless Chromium.
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { WINDOW } from "./record-terminal.mjs";

const xterm = fileURLToPath(import.meta.resolve("@xterm/xterm/lib/xterm.js"));
const THEMES = {
  light: { background: "#ffffff", foreground: "#1f2328", cursor: "#ffffff", green: "#116329", yellow: "#7d4e00" },
  dark: { background: "#0d1117", foreground: "#e6edf3", cursor: "#0d1117" },
};

/** The window after a terminal was sent what it has `shown`, drawn by xterm.js; `scheme` is light or dark. */
export async function photographTerminal(browser, { shown, scheme, path }) {
  const page = await browser.newPage({ viewport: { width: 1300, height: 600 }, deviceScaleFactor: 1.4 });
  const style = readFileSync(xterm.replace(/lib.xterm\.js$/, "css/xterm.css"), "utf8");
  await page.setContent(
    `<style>${style} body { margin: 0; background: ${THEMES[scheme].background} } #window { display: inline-block; padding: 12px 16px; overflow: hidden }
    .xterm-viewport, .shadow, .scrollbar { display: none !important }</style><div id="window"></div>`,
  );
  await page.addScriptTag({ path: xterm });
  await page.evaluate(
    ({ text, theme, window: { columns, rows } }) => {
      const terminal = new globalThis.Terminal({
        cols: columns,
        rows,
        theme,
        fontSize: 13,
        fontFamily: "monospace",
        scrollback: 0,
      });
      terminal.open(document.getElementById("window"));
      return new Promise((resolve) => terminal.write(text, resolve));
    },
    { text: shown, theme: THEMES[scheme], window: WINDOW },
  );
  await page.locator("#window").screenshot({ path });
  await page.close();
}

/** The top of a report and its first charts. */
export async function photographReport(browser, { report, scheme, path }) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1250 }, colorScheme: scheme });
  await page.goto(pathToFileURL(report).href);
  await page.waitForSelector("html[data-ready]");
  for (const figure of await page.locator("figure").all()) {
    await figure.scrollIntoViewIfNeeded();
    await figure.locator(".canvas:not(.drawn-before) svg").waitFor();
  }
  await page.evaluate(() => globalThis.scrollTo(0, 0));
  await page.screenshot({ path });
  await page.close();
}
