// The pictures of the README, from a session of examples/digits-tfjs: real trainings, GPU readings by the simulator.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { recordTerminal } from "./record-terminal.mjs";
import { terminalSvg } from "./terminal-svg.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const IMAGES = join(ROOT, "docs/images");
const EA = join(ROOT, "apps/cli/dist/bin.js");
const SIZE = { columns: 132, rows: 16 };
const METER = "GPU readings are simulated: @ea/energy-simulator";
const MOST_BYTES = 300_000;
const SPACE = { epochs: { range: [10, 40] }, batch_size: { range: [16, 128] } };
const FLAGS = ["--runs", "6", "--repetitions", "3", "--seed", "3", "--no-sleep", "--gate", "off"];
const SESSION = ["--repo", "digits", "--model", "mlp", "--mutate", "epochs,learning_rate,batch_size,dropout"];

const project = mkdtempSync(join(tmpdir(), "ea-screenshots-"));
try {
  cpSync(join(ROOT, "config"), join(project, "config"), { recursive: true });
  symlinkSync(join(ROOT, "examples"), join(project, "examples"));
  mkdirSync(IMAGES, { recursive: true });
  await picturesOfTerminal();
  await picturesOfReport();
} finally {
  rmSync(project, { recursive: true, force: true });
}
for (const name of readdirSync(IMAGES)) {
  const { size } = statSync(join(IMAGES, name));
  console.log(`docs/images/${name}  ${Math.ceil(size / 1000)} kB`);
  if (size > MOST_BYTES) throw new Error(`expected at most ${MOST_BYTES} bytes of ${name}, found ${size}`);
}

/** A session while it runs: some runs have scrolled by, one is at work. */
async function picturesOfTerminal() {
  const { CI: _, NO_COLOR: __, ...environment } = process.env;
  const command = [process.execPath, EA, "run", ...SESSION, "--space", JSON.stringify(SPACE), ...FLAGS];
  const lines = await recordTerminal(command, {
    ...SIZE,
    cwd: project,
    environment: {
      ...environment,
      PATH: [join(ROOT, "bench/simulated"), environment.PATH].join(delimiter),
      SIMULATOR: join(ROOT, "packages/energy-simulator/dist/index.js"),
      GPUS: "1",
      GPU_NAME: "Simulated GPU",
      TERM: "xterm-256color",
      LC_ALL: "C.UTF-8",
    },
    isWanted: (text) => /\b(?:[5-9]|1\d)\/18 ok/.test(text) && /epoch \d/.test(text) && /°C.* [▁-█]{5,}/.test(text),
  });
  const title = `ea run ${SESSION.join(" ")} …     ${METER}`;
  for (const theme of ["light", "dark"]) {
    writeFileSync(join(IMAGES, `terminal-${theme}.svg`), terminalSvg(lines, { ...SIZE, title, theme }));
  }
}

/** The top of the report, and one trace, in both themes. */
async function picturesOfReport() {
  const html = join(project, "report.html");
  execFileSync(process.execPath, [EA, "report", "results", "-o", html], { cwd: project, stdio: "ignore" });
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1020, height: 1500 } });
    await page.goto(`file://${html}`);
    await page.waitForSelector("html[data-ready]");
    await page.evaluate((words) => {
      const note = document.createElement("p");
      note.style.cssText =
        "position:absolute;right:20px;top:76px;margin:0;padding:2px 10px;background:#c2410c;color:#fff";
      note.textContent = words;
      document.body.append(note);
    }, METER);
    await page.screenshot({ path: join(IMAGES, `report-${colorScheme}.png`), clip: await topOf(page) });
    const trace = page.locator("[data-figure=trace]");
    await trace.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => !document.querySelector("[data-figure=trace] .drawn-before"));
    await trace.screenshot({ path: join(IMAGES, `trace-${colorScheme}.png`) });
    await page.close();
  }
  await browser.close();
}

/** From the title to the end of the second chart; the window is made as high. */
async function topOf(page) {
  const second = page.locator("figure").nth(1);
  const { y, height } = await second.boundingBox();
  const bottom = Math.ceil(y + height + 12);
  await page.setViewportSize({ width: 1020, height: bottom });
  await page.waitForFunction(() => !document.querySelector("figure:nth-of-type(2) .drawn-before"));
  return { x: 0, y: 0, width: 1020, height: bottom };
}
