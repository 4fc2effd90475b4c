import { decodeLog } from "./decode-log.ts";
import type { LogEncoding } from "./line-decoder.ts";
import { ansiStripper } from "./strip-ansi.ts";
import type { TextSource } from "./text-source.ts";

/**
 * The text of a log as Python reads it, `\r\n` and `\r` as `\n`, from UTF-8, lines of GB18030, or UTF-16 by its byte order
 * mark; the mark and terminal escape sequences are taken out. `encoding` tells when all is read.
 */
export async function* normaliseLog(
  source: TextSource,
  encoding: LogEncoding,
  signal?: AbortSignal,
): AsyncGenerator<string, void> {
  const strip = ansiStripper();
  let heldReturn = "";
  let isStart = true;
  const normalise = (decoded: string, isLast: boolean): string => {
    let text = heldReturn + decoded;
    heldReturn = "";
    if (isStart && text !== "") {
      isStart = false;
      if (text.startsWith("\ufeff")) text = text.slice(1);
    }
    if (!isLast && text.endsWith("\r")) {
      heldReturn = "\r";
      text = text.slice(0, -1);
    }
    return strip(text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text, isLast);
  };
  for await (const decoded of decodeLog(source, encoding, signal)) {
    const text = normalise(decoded, false);
    if (text !== "") yield text;
  }
  const rest = normalise("", true);
  if (rest !== "") yield rest;
}
