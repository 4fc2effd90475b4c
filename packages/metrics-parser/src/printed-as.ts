/** How a number is printed, where that changes what it means. */
export type PrintedAs = "count" | "percent";

/** What the text after a captured number makes of it: `4396` before `/5000` is a count, `95` before `%` a percentage. */
export function printedAs(captured: string, after: string): PrintedAs | undefined {
  if (/^ ?%/.test(after)) return "percent";
  const isCount = /^\s*[+-]?\d+\s*$/.test(captured) && /^ ?\/ ?\d+(?!\d|\.\d)/.test(after);
  return isCount ? "count" : undefined;
}
