import stringWidth from "string-width";

const graphemes = new Intl.Segmenter();

/** A text on one line that is no wider than so many columns; what is cut off ends in `…` (or `~`). */
export function clip(text: string, columns: number, isUnicode = true): string {
  const line = text.replaceAll(/\p{Cc}/gu, " ");
  if (stringWidth(line) <= columns) return line;
  const mark = isUnicode ? "…" : "~";
  let width = stringWidth(mark);
  let kept = "";
  for (const { segment } of graphemes.segment(line)) {
    width += stringWidth(segment);
    if (width > columns) break;
    kept += segment;
  }
  return columns < 1 ? "" : `${kept}${mark}`;
}
