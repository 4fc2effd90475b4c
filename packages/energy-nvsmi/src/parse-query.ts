import { NvsmiError } from "./errors.ts";
import type { GpuSample } from "./gpu-sample.ts";
import { lineSplitter } from "./lines.ts";
import { queryParser } from "./query-parser.ts";

/** What a finished output holds. */
export interface ParsedQuery {
  readonly samples: readonly GpuSample[];
  /** Lines that are neither header nor row. */
  readonly badLines: number;
  /** Whether the last line has no newline: it may be cut, and is left out but for a GPU's only row. */
  readonly isCut: boolean;
}

/**
 * All samples of a finished `nvidia-smi --query-gpu=… --format=csv[,nounits]`. A last line without its newline may be
 * cut: it is left out, or as a GPU's only row loses its last cell.
 * @throws {NvsmiError} `NOT_QUERY_CSV` for a text without a header line, naming what it looks like.
 */
export function parseQuery(text: string): ParsedQuery {
  const parser = queryParser();
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  const samples: GpuSample[] = [];
  for (const line of lines) {
    const sample = parser.line(line);
    if (sample) samples.push(sample);
  }
  if (!parser.hasHeader()) throw refusal(text);
  const last = parser.lastLine(rest);
  if (last) samples.push(last);
  return { samples, badLines: parser.badLines(), isCut: rest.trim() !== "" };
}

/**
 * The samples of an output as it comes, from any stream of text; how it is cut into chunks does not matter. Lines that
 * are neither header nor row, and a cut last one, are left out.
 * @throws {NvsmiError} `NOT_QUERY_CSV` when the stream ends without a header line.
 */
export async function* querySamples(
  chunks: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<GpuSample, Omit<ParsedQuery, "samples">> {
  const parser = queryParser();
  const split = lineSplitter();
  let start = "";
  for await (const chunk of chunks) {
    if (start.length < EXCERPT) start += chunk.slice(0, EXCERPT);
    for (const line of split(chunk)) {
      const sample = parser.line(line);
      if (sample) yield sample;
    }
  }
  if (!parser.hasHeader()) throw refusal(start);
  const rest = split.rest();
  const last = parser.lastLine(rest);
  if (last) yield last;
  return { badLines: parser.badLines(), isCut: rest.trim() !== "" };
}

const EXCERPT = 2000;

/** Other outputs that people have, by what gives them away. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^\+-{3,}|^\|.*\|\s*$/m, "the table that nvidia-smi prints without --query-gpu"],
  [/^# gpu\b/m, "the table of nvidia-smi dmon"],
  [/NVIDIA-SMI has failed|No devices were found|couldn't communicate/, "an error of nvidia-smi"],
  [/^timestamp,(?:power_draw_w|gpu_temp_c|gpu_util_percent)/m, "a table that was derived from nvidia-smi's output"],
  [/^[^\n,]+(?:, [^\n,]*)+$/m, "rows without a header (was it noheader?)"],
];

function refusal(text: string): NvsmiError {
  const [, what] = OTHERS.find(([pattern]) => pattern.test(text)) ?? [];
  const line = text.split("\n").find((one) => one.trim() !== "");
  const found = line === undefined ? "an empty text" : JSON.stringify(line.trim().slice(0, 200));
  return new NvsmiError(
    "NOT_QUERY_CSV",
    `Expected nvidia-smi --query-gpu=… --format=csv with its header line, found ${what ? `${what}: ` : ""}${found}`,
  );
}
