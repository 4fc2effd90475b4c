/** The largest number below `end` for which a condition holds that, once it fails, keeps failing; 0 if it never does. */
export function longest(end: number, isSo: (length: number) => boolean): number {
  let holds = 0;
  let fails = end;
  let tried = 1; // mostly there is nothing to cut off: 1 fails
  while (fails - holds > 1) {
    if (isSo(tried)) holds = tried;
    else fails = tried;
    tried = holds + Math.floor((fails - holds) / 2);
  }
  return holds;
}
