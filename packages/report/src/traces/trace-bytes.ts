import type { EpochMark, TraceChannel } from "../report-input.ts";

/** Steps into which the height and the length of a line are divided: finer than a screen shows. */
const LEVELS = 500;
const MOMENTS = 1000;

/** A line without its points, which stand in the bytes. */
export interface PackedChannel extends Pick<TraceChannel, "kind" | "label" | "statistics"> {
  readonly count: number;
  readonly lastSecond: number;
  readonly low: number;
  readonly high: number;
}

/** A trace without its points. */
export interface PackedTrace {
  readonly channels: readonly PackedChannel[];
  readonly epochs: readonly EpochMark[];
}

/** Writes lines as differences of whole numbers, most of them one byte long; 0 in place of a value is a gap. */
export function packChannel(channel: TraceChannel, bytes: number[]): PackedChannel {
  const { kind, label, statistics, seconds, values } = channel;
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const lastSecond = seconds.at(-1) ?? 0;
  const moments = seconds.map((second) => Math.round((MOMENTS * second) / (lastSecond || 1)));
  const levels = values.map((value) =>
    value === null ? null : Math.round((LEVELS * (value - low)) / (high - low || 1)),
  );
  writeDifferences(moments, bytes);
  let before = 0;
  for (const level of levels) {
    // 0 is free for gaps: differences from 0 upwards are written one higher
    const difference = level === null ? undefined : zigzag(level - before) + 1;
    writeNumber(difference ?? 0, bytes);
    before = level ?? before;
  }
  return { kind, label, statistics, count: values.length, lastSecond, low, high };
}

/** Reads what `packChannel` has written, from a position on; tells where the next line begins. */
export function unpackChannel(
  packed: PackedChannel,
  bytes: Uint8Array,
  start: number,
): { readonly channel: TraceChannel; readonly end: number } {
  const { kind, label, statistics, count, lastSecond, low, high } = packed;
  const reader = { bytes, position: start };
  const seconds: number[] = [];
  const values: (number | null)[] = [];
  let moment = 0;
  for (let index = 0; index < count; index += 1) {
    moment += unzigzag(readNumber(reader));
    seconds.push((moment * lastSecond) / MOMENTS);
  }
  let level = 0;
  for (let index = 0; index < count; index += 1) {
    const written = readNumber(reader);
    if (written > 0) level += unzigzag(written - 1);
    values.push(written === 0 ? null : low + (level * (high - low)) / LEVELS);
  }
  return { channel: { kind, label, statistics, seconds, values }, end: reader.position };
}

function writeDifferences(numbers: readonly number[], bytes: number[]): void {
  let before = 0;
  for (const number of numbers) {
    writeNumber(zigzag(number - before), bytes);
    before = number;
  }
}

/** Small numbers of either sign as small numbers: 0, −1, 1, −2 … */
const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => (value % 2 === 1 ? -(value + 1) / 2 : value / 2);

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function writeNumber(value: number, bytes: number[]): void {
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

function readNumber(reader: { readonly bytes: Uint8Array; position: number }): number {
  let [value, factor] = [0, 1];
  for (;;) {
    const byte = reader.bytes[reader.position] ?? 0;
    reader.position += 1;
    value += (byte % 128) * factor;
    if (byte < 128) return value;
    factor *= 128;
  }
}
