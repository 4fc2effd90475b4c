/**
 * `text` in lower case with every character in its place; `undefined` when an ASCII letter of a pattern could match
 * what is no such letter in it: İ becomes two characters, and ſ stays although it is an s to a pattern.
 */
export function foldCase(text: string): string | undefined {
  const folded = text.toLowerCase();
  return folded.length === text.length && !text.includes("\u017f") ? folded : undefined;
}

/** Whether `nan`, `inf` or `infinity` may stand in a folded text as a word; the `inf` of `info` is none. */
export function mayHoldNotFinite(folded: string): boolean {
  return holdsWord(folded, "nan") || holdsWord(folded, "inf") || folded.includes("infinity");
}

function holdsWord(folded: string, word: string): boolean {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    if (!isAsciiWord(folded.charCodeAt(at + word.length))) return true;
  }
  return false;
}

/** a–z, 0–9 or _; NaN, after the end, is none. */
function isAsciiWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}
