import { isAt, type MissingKind, markerAt } from "./missing-kind.ts";

const [SPACE, PERCENT, PLUS, MINUS, DOT, ZERO] = [32, 37, 43, 45, 46, 48];
/** As many digits make an integer that a double holds exactly, and so does every power of ten up to 10^22. */
const MAX_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: MAX_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** Takes what a cell says. */
export interface CellTaker {
  add(value: number): void;
  miss(kind: MissingKind): void;
}

/** Reads the text of a cell: a number, or why there is none. */
type ReadText = (cell: string) => number | MissingKind;

/**
 * Reads the cells of one column where they lie in a buffer, to the same outcome as `read` has for their text.
 *
 * An integer of at most 15 digits divided by a power of ten is rounded once, so it is the double that `Number()` gives
 * (Clinger 1990); what is not such a decimal goes to `read` as a string.
 */
export class ByteCellReader {
  readonly #read: ReadText;
  /** What followed a number that `read` has accepted: with the same ending it accepts every other one. */
  #ending = new Uint8Array();

  constructor(read: ReadText) {
    this.#read = read;
  }

  /** Reads `bytes` from `start` to `end`; a byte that is part of no number has to follow. */
  take(bytes: Uint8Array, start: number, end: number, taker: CellTaker): void {
    // Here and not in the module, where a bundle makes variables of them: slower
    const plus = 43;
    const minus = 45;
    const dot = 46;
    const zero = 48;
    let at = start;
    while (at < end && isSpace(bytes[at] ?? 0)) at += 1;
    let stop = end;
    while (stop > at && isSpace(bytes[stop - 1] ?? 0)) stop -= 1;
    const first = at;
    const sign = bytes[at] ?? 0;
    if (sign === minus || sign === plus) at += 1;
    const digitsStart = at;
    let mantissa = 0;
    let digit = (bytes[at] ?? 0) - zero;
    while (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit;
      at += 1;
      digit = (bytes[at] ?? 0) - zero;
    }
    let digits = at - digitsStart;
    let decimals = 0;
    if (digit === dot - zero) {
      at += 1;
      const decimalsStart = at;
      digit = (bytes[at] ?? 0) - zero;
      while (digit >= 0 && digit <= 9) {
        mantissa = mantissa * 10 + digit;
        at += 1;
        digit = (bytes[at] ?? 0) - zero;
      }
      decimals = at - decimalsStart;
      digits += decimals;
    }
    if (digits > 0 && digits <= MAX_DIGITS && (at === stop || isAt(this.#ending, bytes, at, stop))) {
      const value = decimals === 0 ? mantissa : mantissa / (POWERS_OF_TEN[decimals] ?? 1);
      taker.add(sign === minus ? -value : value);
    } else this.#takeOther(bytes, first, at, stop, taker);
  }

  #takeOther(bytes: Uint8Array, start: number, numberEnd: number, stop: number, taker: CellTaker): void {
    const kind = markerAt(bytes, start, stop) ?? plainText(bytes, start, numberEnd, stop);
    if (kind !== undefined) {
      taker.miss(kind);
      return;
    }
    const reading = this.#read(Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start).toString());
    if (typeof reading !== "number") taker.miss(reading);
    else {
      taker.add(reading);
      if (numberEnd > start && !isLetterE(bytes[numberEnd] ?? 0)) this.#ending = bytes.slice(numberEnd, stop);
    }
  }
}

/** Why a cell has no number, where a few bytes show it: nothing else can be a number, `nan`, `inf` or a marker with odd white space. */
function plainText(bytes: Uint8Array, start: number, numberEnd: number, stop: number): MissingKind | undefined {
  if (start === stop) return "empty";
  const first = bytes[start] ?? 0;
  if (!isPrintable(first) || !isPrintable(bytes[stop - 1] ?? 0)) return undefined;
  const mayBegin = isDigit(first) || first === DOT || first === PLUS || first === MINUS;
  if (!mayBegin) return isLetterIn(first, "ni") ? undefined : "other text";
  const next = bytes[numberEnd] ?? 0;
  const hasUnit = next === PERCENT || isLetter(next) || !isPrintable(next);
  return isDigit(first) && numberEnd < stop && !hasUnit ? "other text" : undefined;
}

/** A carriage return stands only before the line feed that ends a row. */
const isSpace = (byte: number): boolean => byte <= 32 && (byte === 32 || byte === 9 || byte === 13);
const isPrintable = (byte: number): boolean => byte > SPACE && byte < 127;
const isDigit = (byte: number): boolean => byte >= ZERO && byte <= ZERO + 9;
const isLetter = (byte: number): boolean => (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
const isLetterIn = (byte: number, letters: string): boolean =>
  letters.includes(String.fromCharCode(byte).toLowerCase());
const isLetterE = (byte: number): boolean => isLetterIn(byte, "e");
