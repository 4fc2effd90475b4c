import type { Quantity } from "@ea/energy";
import type { CounterReading } from "./counter-energy.ts";
import type { Sweep } from "./mirrored-zones.ts";
import { powercapCounting } from "./powercap-counting.ts";
import { type PowercapZone, powercapDomain } from "./powercap-zones.ts";

/** First line of `cpu_energy_powercap.csv`. Each row says the range as well, so that any piece of the file can be read. */
export const POWERCAP_LOG_HEADER = "t_seconds,zone,domain,device,energy_uj,max_energy_range_uj\n";

/** One row of the log. */
export interface PowercapLogRow {
  readonly zone: PowercapZone;
  readonly reading: CounterReading;
}

/** What a log of readings holds. */
export interface PowercapLog {
  /** Joules of each zone that has a counter of its own, from the first reading to the last. */
  readonly quantities: readonly Quantity[];
  readonly elapsedSeconds: number;
  /** Complete lines that are no rows. */
  readonly badLines: number;
  /** Whether the last line was cut; it is left out. */
  readonly isCut: boolean;
}

const ROW = /^(\d+(?:\.\d+)?),([\w-]+(?::\d+)+),(\w+),([\w:-]*),(\d*),(\d*)$/;

/** The rows of one sweep; a reading that failed leaves its field empty. */
export function powercapLogRows(zones: readonly PowercapZone[], sweep: Sweep): string {
  return zones
    .map(({ id, domain, device = "", rangeMicrojoules = "" }) => {
      const { timeSeconds = 0, microjoules = "" } = sweep.get(id) ?? {};
      return `${timeSeconds.toFixed(6)},${id},${domain.quantity},${device},${microjoules},${rangeMicrojoules}\n`;
    })
    .join("");
}

/** One line of the log, without its newline; `undefined` when it is no row. */
export function parsePowercapRow(line: string): PowercapLogRow | undefined {
  const [, time, id, quantity = "", device, energy, range] = ROW.exec(line) ?? [];
  const domain = powercapDomain(quantity);
  if (id === undefined || !domain) return undefined;
  return {
    zone: { id, domain, device: device || undefined, rangeMicrojoules: counterValue(range), alsoAt: [] },
    reading: { timeSeconds: Number(time), microjoules: counterValue(energy) },
  };
}

/**
 * The joules in `cpu_energy_powercap.csv`, also of a measurement that was killed: up to its last reading. Wraps, failed
 * readings, resets and mirrored zones are seen as they are while measuring. A last line without its newline was cut and
 * is left out.
 */
export function parsePowercapLog(text: string): PowercapLog {
  const lines = text.split("\n");
  const isCut = lines.pop() !== "";
  const zones = new Map<string, PowercapZone>();
  const rows: PowercapLogRow[] = [];
  let badLines = 0;
  for (const line of lines) {
    const row = parsePowercapRow(line);
    if (row) {
      rows.push(row);
      if (!zones.has(row.zone.id)) zones.set(row.zone.id, row.zone);
    } else if (`${line}\n` !== POWERCAP_LOG_HEADER) badLines += 1;
  }
  const counting = powercapCounting([...zones.values()]);
  const sweeps = sweepCollector();
  for (const row of rows) {
    const sweep = sweeps.add(row);
    if (sweep) counting.add(sweep);
  }
  counting.add(sweeps.end());
  const elapsedSeconds = (rows.at(-1)?.reading.timeSeconds ?? 0) - (rows[0]?.reading.timeSeconds ?? 0);
  return { quantities: counting.quantities(elapsedSeconds), elapsedSeconds, badLines, isCut };
}

/** Puts rows together to sweeps: a sweep holds each zone once. */
export function sweepCollector(): { add(row: PowercapLogRow): Sweep | undefined; end(): Sweep } {
  let sweep = new Map<string, CounterReading>();
  const end = (): Sweep => {
    const finished = sweep;
    sweep = new Map();
    return finished;
  };
  return {
    add({ zone, reading }) {
      const finished = sweep.has(zone.id) ? end() : undefined;
      sweep.set(zone.id, reading);
      return finished;
    },
    end,
  };
}

function counterValue(digits: string | undefined): number | undefined {
  return digits ? Number(digits) : undefined;
}
