// Statistics of one column of 100 MB of nvidia-smi CSV, 1 M rows × 8 columns, beside what others need for them.
// Needs awk and python3 (or what PYTHON names) and, once, PyPI; what cannot be compared is "not measured". A missed bar: exit 1.
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { compare, describeMachine, median, output, ratios } from "./compare.mjs";
import { findCsvReaders } from "./peers.mjs";

const ROWS = 1_000_000;
const COPIES = 20;
const COLUMN = "power.draw [W]";
const SEVERAL = [COLUMN, "temperature.gpu", "utilization.gpu [%]"];
const HEADER =
  "timestamp, uuid, power.draw [W], temperature.gpu, utilization.gpu [%], memory.used [MiB], clocks.current.sm [MHz], pstate";
const MEGABYTE = 1e6;

describeMachine();
const readers = Object.fromEntries(findCsvReaders().map((reader) => [reader.name, reader]));
const { missed, part, atLeast, atMost, notMeasured } = createBars();
const directory = mkdtempSync(join(tmpdir(), "ea-bench-"));
try {
  const file = join(directory, "gpu.csv");
  const expected = writeTable(file);
  const bytes = statSync(file).size;
  const ours = (...columns) => checked(node("ours", file, ...columns), expected);

  await part(`One column of ${megabytes(bytes)}, by what is slow`, () => {
    const { DictReader } = readers;
    race(2, [
      { name: "csv-parse, named columns", bar: 20, run: () => node("csv-parse", file, COLUMN) },
      { ...python(DictReader), name: "Python's csv.DictReader", bar: 10 },
    ]);
  });

  await part(`One column of ${megabytes(bytes)}, by what is fast`, () => {
    race(7, [
      { name: "awk", bar: 1.5, run: () => awk(file) },
      ...["pandas", "polars", "duckdb"].map((name) => ({ ...python(readers[name]), name, bar: 1 })),
    ]);
  });

  // Of the processor, for both take a fraction of a second, in which a busy machine gives one of them its core and one not
  await part("Several columns, processor time", () => {
    const cases = [COLUMN, SEVERAL].map((columns) => [columns].flat());
    const [one, several] = [
      ...compare(
        cases.map((columns) => ({ name: `${columns.length} columns`, run: () => ours(...columns).cpuSeconds })),
        9,
        rateOf(bytes),
      ).values(),
    ];
    atMost(`processor time for ${SEVERAL.length} columns beside one`, median(ratios(several, one)), 1.5, "×");
  });

  await part("Memory of the whole process", () => {
    atMost(`resident, ${megabytes(bytes)}`, ours(COLUMN).peakBytes / MEGABYTE, 80, "MB");
    const long = join(directory, "long.csv");
    const script = '{ cat "$1"; for copy in $(seq 2 "$2"); do tail -n +2 "$1"; done; } > "$3"';
    output("sh", ["-c", script, "sh", file, String(COPIES), long]);
    const found = node("ours", long, COLUMN);
    checked(found, { ...expected, count: COPIES * ROWS, sum: COPIES * expected.sum });
    const { size } = statSync(long);
    console.log(`${megabytes(size)} at ${rateOf(size)(found.seconds)}`);
    atMost(`resident, ${megabytes(size)}`, found.peakBytes / MEGABYTE, 80, "MB");
  });

  /** Runs ours and the peers that are here in turns, and holds the ratios against their bars. */
  function race(rounds, peers) {
    const here = peers.filter(({ reason }) => reason === undefined);
    const cases = here.map(({ name, run }) => ({ name, run: () => checked(run(), expected).seconds }));
    const times = compare(
      [{ name: "columnStatistics", run: () => ours(COLUMN).seconds }, ...cases],
      rounds,
      rateOf(bytes),
    );
    for (const { name, bar, reason } of peers) {
      const what = `speed beside ${name}`;
      if (reason !== undefined) notMeasured(what, reason);
      else atLeast(what, median(ratios(times.get(name), times.get("columnStatistics"))), bar, "×");
    }
  }

  function python({ run, reason }) {
    return { reason, run: () => run(file, COLUMN) };
  }
} finally {
  rmSync(directory, { recursive: true });
}
console.log(missed.length === 0 ? "\nNo bar was missed." : `\nMissed: ${missed.join("; ")}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** Writes the table as `nvidia-smi --format=csv,nounits` prints one, and returns the statistics of its power. */
function writeTable(path) {
  const file = openSync(path, "w");
  const statistics = { count: ROWS, sum: 0, min: Infinity, max: -Infinity };
  let text = `${HEADER}\n`;
  for (let row = 0; row < ROWS; row += 1) {
    const stamp = new Date(Date.UTC(2026, 2, 3) + row * 100).toISOString();
    const hundredths = 6000 + ((row * 7919) % 34_000);
    const power = hundredths / 100;
    statistics.sum += hundredths;
    statistics.min = Math.min(statistics.min, power);
    statistics.max = Math.max(statistics.max, power);
    const cells = [30 + (row % 50), (row * 13) % 101, (row * 977) % 81_920, 345 + ((row * 15) % 1635), `P${row % 9}`];
    const [date, time] = [stamp.slice(0, 10).replaceAll("-", "/"), stamp.slice(11, 23)];
    text += `${date} ${time}, GPU-00000000-0000-4000-8000-000000000000, ${power.toFixed(2)}, ${cells.join(", ")}\n`;
    if (row % 10_000 === 9999) {
      writeSync(file, text);
      text = "";
    }
  }
  closeSync(file);
  return { ...statistics, sum: statistics.sum / 100 };
}

function node(reader, ...args) {
  return JSON.parse(
    output(process.execPath, [fileURLToPath(new URL("read-telemetry.mjs", import.meta.url)), reader, ...args]),
  );
}

/** awk starts at once: its seconds are those of the whole process. */
function awk(path) {
  const program =
    "NR == 2 { low = high = $3 + 0 } NR > 1 { v = $3 + 0; n += 1; s += v; if (v < low) low = v; if (v > high) high = v } " +
    'END { printf "{\\"count\\":%d,\\"sum\\":%.17g,\\"min\\":%.17g,\\"max\\":%.17g}", n, s, low, high }';
  const options = { env: { ...process.env, LC_ALL: "C" } };
  const start = performance.now();
  const found = JSON.parse(output("awk", ["-F,", program, path], options));
  return { ...found, seconds: (performance.now() - start) / 1000 };
}

/** What a reader has found, which has to be what is there. */
function checked(found, { count, sum, min, max }) {
  const isSame =
    found.count === count && found.min === min && found.max === max && Math.abs(found.sum / sum - 1) < 1e-9;
  if (!isSame) throw new Error(`Expected ${JSON.stringify({ count, sum, min, max })}, found ${JSON.stringify(found)}`);
  return found;
}

function megabytes(bytes) {
  return `${(bytes / MEGABYTE).toFixed(0)} MB`;
}

/** Seconds for so many bytes, as milliseconds and as a rate. */
function rateOf(bytes) {
  return (value) =>
    `${(value * 1000).toFixed(0).padStart(6)} ms ${(bytes / MEGABYTE / value).toFixed(0).padStart(5)} MB/s`;
}
