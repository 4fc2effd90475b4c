import type { PerfRow } from "./perf-row.ts";
import { refuseText } from "./refuse.ts";
import { rowReader } from "./row-reader.ts";

/** Enough of a text that is refused to quote it. */
const KEPT_CHARACTERS = 4000;

/**
 * Streams the energies of a `perf stat -x` or `-j`, with or without intervals, as the text comes, in pieces of any size.
 * Rows of other events are left out, and so is a last row that was cut.
 * @throws PerfError `NOT_PERF` or `PERF_FAILED`: the text ends without any row of the two forms. `AMBIGUOUS` or
 * `BAD_OUTPUT`: an energy that cannot be read
 */
export async function* perfRows(chunks: AsyncIterable<string> | Iterable<string>): AsyncGenerator<PerfRow, void> {
  const reader = rowReader();
  let beginning = "";
  for await (const chunk of chunks) {
    if (beginning.length < KEPT_CHARACTERS) beginning += chunk.slice(0, KEPT_CHARACTERS);
    for (const row of reader.push(chunk)) yield row;
  }
  for (const row of reader.end()) yield row;
  if (reader.seen().form === undefined) throw refuseText(beginning, "rows of perf stat -x or -j");
}
