import type { CounterReading } from "./counter-energy.ts";
import type { PowercapZone } from "./powercap-zones.ts";
import { UPDATE_SECONDS } from "./rapl.ts";

/** One reading of every zone that is metered, by the zone's id. */
export type Sweep = ReadonlyMap<string, CounterReading>;

/** Finds zones that show the counter of another zone. */
export interface MirrorDetector {
  add(sweep: Sweep): void;
  /** Ids of mirrored zones, each with the id of the zone that it repeats. */
  mirrors(): ReadonlyMap<string, string>;
}

/** What two zones of one kind have in common so far. */
interface Pair {
  readonly zone: PowercapZone;
  readonly other: PowercapZone;
  readonly isOneSocket: boolean;
  readings: number;
  moves: number;
  /** Both showed the same value, but for the time between the two readings. */
  isSameValue: boolean;
  /** Both advanced by the same number, every time. */
  isSameStep: boolean;
  lastValues: readonly [number, number] | undefined;
}

/** Between two readings of one counter lie the time between them and an update: a socket uses no more than this in it. */
const PEAK_WATTS = 500;

/**
 * Several dies of one socket may all show the counter of the socket (AMD Zen and Zen 2: 68 W + 68 W, codecarbon #1274, #1379):
 * added up they would double the energy. Such a counter gives itself away by its value:
 *
 * - dies of one socket (`package-0-die-0`, `package-0-die-1`): both values stay within what 500 W are in the time between the
 *   two readings and two updates of the counter, about 1 J of the 65 to 262 kJ that it runs through;
 * - zones of different sockets: equal to the last microjoule, at every reading;
 * - any two zones: both advance by exactly the same, at least twice in a row and every time.
 *
 * Two counters that only count alike differ by more: their values by what both have used since the machine started,
 * their steps by at least some of the millions of microjoules that a step has.
 */
export function mirrorDetector(zones: readonly PowercapZone[]): MirrorDetector {
  const pairs = zones.flatMap((zone, index) =>
    zones
      .slice(0, index)
      .filter((other) => other.domain === zone.domain && other.rangeMicrojoules === zone.rangeMicrojoules)
      .map((other): Pair => ({ zone, other, ...freshPair(zone, other) })),
  );
  return {
    add(sweep) {
      for (const pair of pairs) compare(pair, sweep.get(pair.zone.id), sweep.get(pair.other.id));
    },
    mirrors() {
      const mirrors = new Map<string, string>();
      for (const pair of pairs) {
        // Pairs come in the order of the zones: what is repeated is never a repetition itself
        if (!mirrors.has(pair.zone.id) && !mirrors.has(pair.other.id) && isMirror(pair)) {
          mirrors.set(pair.zone.id, pair.other.id);
        }
      }
      return mirrors;
    },
  };
}

function freshPair(zone: PowercapZone, other: PowercapZone): Omit<Pair, "zone" | "other"> {
  const isOneSocket = socketOf(zone) !== undefined && socketOf(zone) === socketOf(other);
  return { isOneSocket, readings: 0, moves: 0, isSameValue: true, isSameStep: true, lastValues: undefined };
}

function socketOf({ device }: PowercapZone): string | undefined {
  return /^package-\d+(?=-die-\d+$)/.exec(device ?? "")?.[0];
}

function isMirror({ readings, moves, isSameValue, isSameStep }: Pair): boolean {
  return (isSameValue && readings >= 2 && moves >= 1) || (isSameStep && moves >= 2);
}

function compare(pair: Pair, a: CounterReading | undefined, b: CounterReading | undefined): void {
  if (a?.microjoules === undefined || b?.microjoules === undefined) return;
  const modulus = (pair.zone.rangeMicrojoules ?? Number.MAX_SAFE_INTEGER) + 1;
  const ahead = difference(a.microjoules, b.microjoules, modulus);
  const apart = Math.min(ahead, modulus - ahead);
  // A time is the middle of its reading, and no reading begins before the one before it has ended
  const seconds = 2 * Math.abs(a.timeSeconds - b.timeSeconds) + 2 * UPDATE_SECONDS;
  pair.readings += 1;
  if (apart > (pair.isOneSocket ? PEAK_WATTS * seconds * 1e6 : 0)) pair.isSameValue = false;
  if (pair.lastValues) {
    const [lastA, lastB] = pair.lastValues;
    const hasMoved = a.microjoules !== lastA || b.microjoules !== lastB;
    if (hasMoved) pair.moves += 1;
    if (ahead !== difference(lastA, lastB, modulus)) pair.isSameStep = false;
  }
  pair.lastValues = [a.microjoules, b.microjoules];
}

/** How far the first of two values of a counter that wraps is ahead of the second. */
function difference(a: number, b: number, modulus: number): number {
  return (((a - b) % modulus) + modulus) % modulus;
}
