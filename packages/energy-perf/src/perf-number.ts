/** How a language writes numbers. */
interface Marks {
  readonly decimal: string;
  /** Between thousands; `undefined` when the number is too small to tell, or the language has none. */
  readonly group: string | undefined;
}

/** perf prints joules for people with `%'.2f`, so the last two digits are decimals, whatever stands before them. */
const JOULES = /^(\d.*|\d)([.,])(\d\d)$/;
const PLAIN = /^(?:0|[1-9]\d{0,14})$/;
/** Groups of three, and those of India: `3,22,191`. The comma, dot, apostrophe or space is always the same. */
const GROUPED = /^[1-9]\d{0,2}([.,'’ \u00a0\u2009\u202f])(?:\d{3}\1){0,3}\d{3}$|^[1-9]\d?([.,])(?:\d{2}\2){1,6}\d{3}$/;
const SECONDS = /^(\d{1,12})([.,])(\d{2,12})$/;

/** Reads the numbers of one report for people; `undefined` for what perf would not print in the language of the others. */
export interface NumberReader {
  /** Joules: exactly two decimals, thousands grouped or not. */
  joules(text: string): number | undefined;
  /** Seconds: never grouped. */
  seconds(text: string): number | undefined;
}

/** A reader that learns the language from the first numbers. */
export function numberReader(): NumberReader {
  let known: Marks | undefined;
  const isSameLanguage = (marks: Marks): boolean => {
    const { decimal, group = known?.group } = marks;
    if (known && (decimal !== known.decimal || group !== (known.group ?? group))) return false;
    if (decimal === group) return false;
    known = { decimal, group };
    return true;
  };
  return {
    joules(text) {
      const [, whole = "", decimal = "", fraction] = JOULES.exec(text) ?? [];
      const grouped = GROUPED.exec(whole);
      if (!grouped && !PLAIN.test(whole)) return undefined;
      if (!isSameLanguage({ decimal, group: grouped?.[1] ?? grouped?.[2] })) return undefined;
      return Number(`${whole.replace(/\D/g, "")}.${fraction}`);
    },
    seconds(text) {
      const [, whole, decimal = "", fraction] = SECONDS.exec(text) ?? [];
      if (whole === undefined || !isSameLanguage({ decimal, group: undefined })) return undefined;
      return Number(`${whole}.${fraction}`);
    },
  };
}
