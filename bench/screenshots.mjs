// The pictures of the README: a real session of examples/digits-tfjs on this machine, its live view and its report.
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { photographReport, photographTerminal } from "./photograph.mjs";
import { recordTerminal, untilShare } from "./record-terminal.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const IMAGES = join(ROOT, "docs", "images");
const RESULTS = join(ROOT, "results");
const MAX_BYTES = 300_000;
const RUN =
  "run --repo digits --model mlp --mutate epochs,learning_rate,batch_size --runs 24 --seed 7 --no-sleep --gate off";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) throw new Error("expected Chromium (Debian: apt-get install chromium), found none");

const sessions = () => (existsSync(RESULTS) ? readdirSync(RESULTS) : []);
const before = new Set(sessions());
const ea = `${process.execPath} ${join(ROOT, "apps/cli/dist/bin.js")}`;
const shown = await recordTerminal(`${ea} ${RUN}`, ROOT);
const session = sessions().find((name) => !before.has(name));
if (!session) throw new Error("expected a new session under results, found none");
const report = join(RESULTS, session, "report.html");
await recordTerminal(`${ea} report results/${session} -o ${report}`, ROOT);

mkdirSync(IMAGES, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  for (const scheme of ["light", "dark"]) {
    await photographTerminal(browser, {
      shown: untilShare(shown, 0.5),
      scheme,
      path: join(IMAGES, `terminal-${scheme}.png`),
    });
    await photographReport(browser, { report, scheme, path: join(IMAGES, `report-${scheme}.png`) });
  }
} finally {
  await browser.close();
}
for (const name of readdirSync(IMAGES)) {
  const { size } = statSync(join(IMAGES, name));
  if (size > MAX_BYTES) throw new Error(`docs/images/${name}: expected at most ${MAX_BYTES} bytes, found ${size}`);
  console.log(`docs/images/${name}  ${Math.ceil(size / 1000)} kB`);
}
console.log(`of results/${session}`);
