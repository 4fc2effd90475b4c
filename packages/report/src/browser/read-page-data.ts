import type { ReportData } from "../model/report-data.ts";
import type { PageData } from "../pack-page-data.ts";
import type { RunTrace } from "../report-input.ts";
import { unpackChannel } from "../traces/trace-bytes.ts";
import { find } from "./page.ts";

const NEWLINE = 10;

/** What the page carries to draw its charts from. */
export async function readPageData(): Promise<{
  readonly report: ReportData;
  readonly traces: ReadonlyMap<string, RunTrace>;
}> {
  const bytes = await gunzip(find("#ea-data").textContent ?? "");
  const end = bytes.indexOf(NEWLINE);
  const data: PageData = JSON.parse(new TextDecoder().decode(bytes.subarray(0, end)));
  let position = end + 1;
  const traces = data.traces.map(([id, { channels, epochs }]): [string, RunTrace] => {
    const unpacked = channels.map((packed) => {
      const { channel, end: next } = unpackChannel(packed, bytes, position);
      position = next;
      return channel;
    });
    return [id, { channels: unpacked, epochs }];
  });
  return { report: data.report, traces: new Map(traces) };
}

async function gunzip(base64: string): Promise<Uint8Array> {
  const compressed = Uint8Array.from(atob(base64.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
