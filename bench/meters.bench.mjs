// What meters cost in our own process, how much memory they keep over a day, and how fast their parsers are.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gpuTelemetry } from "@ea/energy";
import { gpuRecorder, nvidiaSmiMeter, parseQuery } from "@ea/energy-nvsmi";
import { bandLimitedPower, nvidiaSmiRows } from "@ea/energy-simulator";
import { createBars } from "./bars.mjs";
import { describeMachine, median } from "./compare.mjs";

const GPUS = 8;
const LIVE_SECONDS = 60;
/** Until then the engine still compiles what runs so seldom. */
const WARM_SECONDS = 90;
const MEGABYTE = 1e6;

describeMachine();
const { missed, part, atMost, atLeast } = createBars();
const gpus = Array.from({ length: GPUS }, (_, index) => ({
  uuid: `GPU-00000000-0000-4000-8000-00000000000${index}`,
  power: bandLimitedPower({ seed: index }),
}));

await part(
  `${GPUS} GPUs at 10 Hz, live, for ${LIVE_SECONDS} s: parsing, integrating, three tables, the raw file`,
  async () => {
    process.env.PATH = [fileURLToPath(new URL("simulated", import.meta.url)), process.env.PATH].join(delimiter);
    process.env.SIMULATOR = import.meta.resolve("@ea/energy-simulator");
    const directory = mkdtempSync(join(tmpdir(), "ea-bench-"));
    try {
      const metering = await nvidiaSmiMeter({ observeMs: 0 }).start({ directory });
      let readings = 0;
      const reading = (async () => {
        for await (const _ of metering.readings) readings += 1;
      })();
      await sleep(WARM_SECONDS * 1000);
      const [before, startMs] = [process.cpuUsage(), performance.now()];
      await sleep(LIVE_SECONDS * 1000);
      const { user, system } = process.cpuUsage(before);
      const share = (user + system) / 1000 / (performance.now() - startMs);
      const quantities = await metering.stop();
      await reading;
      if (quantities.some(({ quality }) => quality !== "integrated")) throw new Error("the energy is not whole");
      console.log(`${readings} readings`);
      atMost("our process", 100 * share, 0.3, "% of one core");
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);

await part(`${GPUS} GPUs at 10 Hz over a simulated day: what is kept`, () => {
  const metered = gpus.map(({ uuid }) => ({
    uuid,
    sensor: { column: "power.draw", kind: "instant", updatePeriodMs: 100 },
    isMig: false,
  }));
  const recorder = gpuRecorder(metered);
  const telemetry = gpuTelemetry();
  recorder.begin(0);
  const hours = [];
  for (const { arrivalMs, text } of nvidiaSmiRows({ gpus, seconds: 24 * 3600, seed: 1 })) {
    const timed = recorder.line(text.trimEnd(), arrivalMs);
    if (!timed) continue;
    const { timeMs, powerWatts, sample } = timed;
    telemetry.add({ timeEpochMs: timeMs, name: "gpu", device: sample.uuid, powerWatts });
    if (arrivalMs > hours.length * 3_600_000) hours.push(process.memoryUsage().rss / MEGABYTE);
  }
  const [quantity] = recorder.finish(24 * 3_600_000);
  const error = Math.abs(quantity.value / gpus[0].power.joules(0, 24 * 3600) - 1);
  console.log(`resident after 1, 12 and 24 h: ${[1, 12, 23].map((hour) => hours[hour].toFixed(0)).join(", ")} MB`);
  atMost("growth from the first hour to the last", Math.max(0, hours.at(-1) - hours[1]), 10, "MB");
  atMost("error of the day's energy", 100 * error, 0.1, "%");
});

await part("Parsers, into typed samples", () => {
  const text = [...nvidiaSmiRows({ gpus, seconds: 2000, seed: 1 })].map((row) => row.text).join("");
  atLeast(
    "parseQuery",
    rate(text, () => parseQuery(text).samples.length),
    40,
    "MB/s",
  );
});

console.log(missed.length === 0 ? "\nNo bar was missed." : `\nMissed: ${missed.join("; ")}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** Megabytes a second, the median of five runs. */
function rate(text, parse) {
  const rates = Array.from({ length: 5 }, () => {
    const startMs = performance.now();
    const found = parse();
    if (!(found > 0)) throw new Error("nothing was parsed");
    return text.length / MEGABYTE / ((performance.now() - startMs) / 1000);
  });
  return median(rates);
}
