// Parses every file below a directory as `ea parse` does, one line for each, and compares with what is expected by its name.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { phase, ROOT } from "./phase.mjs";

const USAGE = "usage: npm run check:samples -- DIR [--expected FILE]";
/** What an expectation of perf leaves out. */
const PERF_DEFAULTS = { kind: "perf", reasons: {}, repeats: null, is_mean: false, is_cut: false, dropped_rows: 0 };
const FIXTURES = ["energy-perf", "energy-nvsmi"].map((name) =>
  join(ROOT, "packages", name, "test/fixtures/samples-expected.json"),
);
const EA = join(ROOT, "apps/cli/dist/bin.js");

const { values, positionals } = parseArgs({ allowPositionals: true, options: { expected: { type: "string" } } });
const [directory] = positionals;
if (directory === undefined || !existsSync(directory) || !statSync(directory).isDirectory()) {
  console.error(USAGE);
  process.exit(2);
}
phase("turbo", ["run", "build", "--filter=@ea/cli", "--output-logs=errors-only"], { quiet: true });
const expectations = Object.assign(
  {},
  ...(values.expected ? [resolve(values.expected)] : FIXTURES).map((file) => JSON.parse(readFileSync(file, "utf8"))),
);

const counts = { same: 0, different: 0, unknown: 0 };
for (const path of filesBelow(directory)) {
  const found = parse(path);
  const expected = expectations[basename(path)];
  const differences = expected && compare(expected, found);
  if (!expected) counts.unknown += 1;
  else if (differences.length === 0) counts.same += 1;
  else counts.different += 1;
  console.log(`${relative(directory, path)}: ${summary(found)}`);
  for (const difference of differences ?? []) console.log(`  DIFFERENT ${difference}`);
}
console.log(`${counts.same} as expected, ${counts.different} different, ${counts.unknown} without expectation`);
process.exitCode = counts.different > 0 ? 1 : 0;

function filesBelow(path) {
  const entries = readdirSync(path, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.isDirectory()) return filesBelow(join(path, entry.name));
    return entry.isFile() ? [join(path, entry.name)] : [];
  });
}

/** The document of `ea parse`, or its refusal; a text of no known kind is what each parser would refuse. */
function parse(path) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [EA, "parse", resolve(path), "--json"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status === 0) return JSON.parse(stdout);
  const message = stderr.trim().replace(`error: ${resolve(path)}: `, "");
  return {
    refused: /\(([A-Z_]+)\)$/.exec(message)?.[1] ?? (status === 2 ? "UNKNOWN_KIND" : `EXIT_${status}`),
    message,
  };
}

function compare({ says = "", csv, ...expected }, found) {
  // A table that was derived from nvidia-smi's output is no query CSV, and so a CSV like others
  if (csv) {
    const column = found.columns?.[csv.column];
    return differencesOf(csv, { rows: found.rows, column: csv.column, ...column }, "csv");
  }
  if (expected.refused !== undefined) {
    const isUnknown = found.refused === "UNKNOWN_KIND" && expected.refused.startsWith("NOT_");
    if (isUnknown) return [];
    const isSame = found.refused === expected.refused && found.message.includes(says);
    return isSame ? [] : [`expected ${expected.refused} "${says}", found ${summary(found)}`];
  }
  return differencesOf("gpus" in expected ? expected : { ...PERF_DEFAULTS, ...expected }, found, "");
}

/** Where a found value lacks what is expected; numbers agree to a millionth. */
function differencesOf(expected, found, path) {
  if (typeof expected === "number" && typeof found === "number") {
    const isSame = Math.abs(expected - found) <= 1e-6 * Math.max(1, Math.abs(expected));
    return isSame ? [] : [`${path}: expected ${expected}, found ${found}`];
  }
  if (typeof expected !== "object" || expected === null || typeof found !== "object" || found === null) {
    return Object.is(expected, found)
      ? []
      : [`${path}: expected ${JSON.stringify(expected)}, found ${JSON.stringify(found)}`];
  }
  const isWhole = Array.isArray(expected) || path.endsWith("joules") || path.endsWith("reasons");
  const extra = isWhole ? Object.keys(found).filter((key) => !(key in expected)) : [];
  return [
    ...extra.map((key) => `${path}.${key}: expected nothing, found ${JSON.stringify(found[key])}`),
    ...Object.keys(expected).flatMap((key) =>
      differencesOf(expected[key], found[key], path === "" ? key : `${path}.${key}`),
    ),
  ];
}

function summary(found) {
  if (found.refused !== undefined) return `${found.refused}: ${found.message.slice(0, 160)}`;
  const joules = (value) => (value === null ? "null" : `${Number(value.toPrecision(9))} J`);
  const parts = {
    csv: () => [`${found.rows} rows`, `${found.bad_rows} bad`, Object.keys(found.columns ?? {}).join(" ")],
    perf: () => Object.entries(found.joules).map(([event, value]) => `${event} ${joules(value)}`),
    powercap: () => found.energy.map(({ name, device, value }) => `${name} ${device ?? ""} ${joules(value)}`),
    "nvidia-smi": () => found.gpus.map((gpu) => `${gpu.samples} samples ${joules(gpu.energy_joules)}`),
  }[found.kind]?.();
  return `${found.kind} ${(parts ?? []).join(", ")}`.trimEnd();
}
