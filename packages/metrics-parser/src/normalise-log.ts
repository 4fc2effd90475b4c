import { ansiStripper } from "./strip-ansi.ts";
import { piecesOf, type TextSource } from "./text-source.ts";

/**
 * The text of a log as Python reads it: UTF-8 with U+FFFD for what is none, `\r\n` and `\r` as `\n`; a byte order mark
 * and terminal escape sequences are taken out.
 */
export async function* normaliseLog(source: TextSource, signal?: AbortSignal): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
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
  for await (const piece of piecesOf(source, signal)) {
    // A string ends a character that the bytes before it left open
    const decoded = typeof piece === "string" ? decoder.decode() + piece : decoder.decode(piece, { stream: true });
    const text = normalise(decoded, false);
    if (text !== "") yield text;
  }
  const rest = normalise(decoder.decode(), true);
  if (rest !== "") yield rest;
}
