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
  return holds(folded, "nan", /^\w/) || holds(folded, "inf", /^(?!inity)\w/);
}

function holds(folded: string, word: string, goesOn: RegExp): boolean {
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!goesOn.test(folded.slice(end, end + 5))) return true;
  }
  return false;
}
