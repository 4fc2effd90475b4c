import { gzipSync } from "node:zlib";
import type { ReportData } from "./model/report-data.ts";
import type { RunTrace } from "./report-input.ts";
import { type PackedTrace, packChannel } from "./traces/trace-bytes.ts";

/** What a page carries besides its text, before the bytes of the points. */
export interface PageData {
  readonly report: ReportData;
  /** By experiment id, in the order of their points. */
  readonly traces: readonly (readonly [string, PackedTrace])[];
}

/** Everything that charts are drawn from as one text, gzip and base64: a line of JSON, then the bytes of all points. */
export function packPageData(report: ReportData, traces: ReadonlyMap<string, RunTrace>): string {
  const bytes: number[] = [];
  const data: PageData = {
    report,
    traces: [...traces].map(([id, { channels, epochs }]) => [
      id,
      { channels: channels.map((channel) => packChannel(channel, bytes)), epochs },
    ]),
  };
  const head = Buffer.from(`${JSON.stringify(data, shortened)}\n`);
  return gzipSync(Buffer.concat([head, Uint8Array.from(bytes)]), { level: 9 }).toString("base64");
}

/** Seven digits are more than a chart shows; time stamps keep theirs. */
function shortened(key: string, value: unknown): unknown {
  const isLong = typeof value === "number" && key !== "startedMs" && !Number.isInteger(value);
  return isLong ? Number(value.toPrecision(7)) : value;
}
