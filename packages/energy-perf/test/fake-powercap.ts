import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";

/** The range of most packages: 2^32 − 1 steps of 2^-14 J. */
export const RANGE = 262_143_328_850;

/** A zone of the fake tree. */
interface FakeZone {
  readonly name: string;
  readonly microjoules?: number;
  /** `undefined`: the file is not there. */
  readonly range?: number | undefined;
}

/** A tree as Linux has it: zones in nested directories, and one flat directory of links to them. */
interface FakePowercap {
  /** What stands for `/sys/class/powercap`. */
  readonly root: () => string;
  /** An attempt's directory. */
  readonly directory: () => string;
  readonly add: (id: string, zone: FakeZone) => void;
  /** Directory of the zone, where its files are. */
  readonly path: (id: string, file?: string) => string;
  readonly set: (id: string, microjoules: number) => void;
  /** Counts on, over the end of the range. */
  readonly count: (id: string, joules: number) => void;
  /** Lets counters run at these watts until the test ends, or until what it returns is called. */
  readonly run: (watts: Readonly<Record<string, number>>) => () => void;
}

/** Gives each test of the file a tree and a directory of its own. */
export function useFakePowercap(): FakePowercap {
  let base = "";
  const timers: NodeJS.Timeout[] = [];
  const ranges = new Map<string, number>();
  const root = (): string => join(base, "class");
  const path = (id: string, file = ""): string => {
    const [provider = "", ...numbers] = id.split(":");
    const parents = numbers.map((_, index) => [provider, ...numbers.slice(0, index + 1)].join(":"));
    return join(base, "devices", provider, ...parents, file);
  };
  const set = (id: string, microjoules: number): void => writeFileSync(path(id, "energy_uj"), `${microjoules}\n`);
  const count = (id: string, joules: number): void => {
    const now = Number(readFileSync(path(id, "energy_uj"), "utf8"));
    set(id, (now + Math.round(joules * 1e6)) % ((ranges.get(id) ?? RANGE) + 1));
  };
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), "ea-powercap-test-"));
    mkdirSync(join(base, "class"));
    mkdirSync(join(base, "attempt"));
  });
  afterEach(() => {
    for (const timer of timers.splice(0)) clearInterval(timer);
    ranges.clear();
    rmSync(base, { recursive: true, force: true });
  });
  return {
    root,
    directory: () => join(base, "attempt"),
    path,
    set,
    count,
    add(id, zone) {
      mkdirSync(path(id), { recursive: true });
      writeFileSync(path(id, "name"), `${zone.name}\n`);
      set(id, zone.microjoules ?? 1_000_000);
      const range = "range" in zone ? zone.range : RANGE;
      if (range !== undefined) writeFileSync(path(id, "max_energy_range_uj"), `${range}\n`);
      ranges.set(id, range ?? RANGE);
      symlinkSync(path(id), join(root(), id));
    },
    run(watts) {
      let last = performance.now();
      const timer = setInterval(() => {
        const now = performance.now();
        for (const [id, power] of Object.entries(watts)) count(id, (power * (now - last)) / 1000);
        last = now;
      }, 5);
      timers.push(timer);
      return () => clearInterval(timer);
    },
  };
}
