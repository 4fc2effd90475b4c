/** A string of a Python source. */
export interface PythonString {
  /** Without quotes; escapes of `\n` and quotes are read, others stay. */
  readonly text: string;
  /** Lower-case letters before the quote, such as `f`. */
  readonly prefix: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /#[^\n]*|([a-z]{0,2})("""|'''|"|')/gi;

/** The strings of a source, in their order; what is in comments is none. A string that does not end ends with its line. */
export function pythonStrings(source: string): readonly PythonString[] {
  const strings: PythonString[] = [];
  const token = new RegExp(TOKEN);
  for (let found = token.exec(source); found; found = token.exec(source)) {
    const [all, prefix = "", quote] = found;
    if (quote === undefined) continue;
    const from = found.index + all.length;
    const to = endOf(source, from, quote);
    const raw = source.slice(from, to);
    const text = /r/i.test(prefix) ? raw : raw.replaceAll(/\\(?:\r?\n|n|["'\\])/g, unescaped);
    token.lastIndex = Math.min(to + quote.length, source.length);
    strings.push({ text, prefix: prefix.toLowerCase(), start: found.index, end: token.lastIndex });
  }
  return strings;
}

function endOf(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source.startsWith(quote, at)) return at;
    else if (quote.length === 1 && source[at] === "\n") return at;
  }
  return source.length;
}

function unescaped(escape: string): string {
  if (escape === "\\n") return "\n";
  return escape.endsWith("\n") ? "" : escape.slice(1);
}
