import { throttleReasons } from "./throttle-reasons.ts";

/** One row of `nvidia-smi --query-gpu`; what was not asked for, or has no value, is `undefined`. */
export interface GpuSample {
  /** nvidia-smi's local time stamp as milliseconds, for spacing only: it has no time zone. */
  readonly stampMs: number | undefined;
  readonly uuid: string | undefined;
  readonly index: number | undefined;
  readonly model: string | undefined;
  readonly driverVersion: string | undefined;
  /** `power.draw`: a mean over one second on most GPUs since Ampere, power at a moment before. */
  readonly powerWatts: number | undefined;
  /** `power.draw.instant` */
  readonly powerInstantWatts: number | undefined;
  /** `power.draw.average`: a mean over one second. */
  readonly powerAverageWatts: number | undefined;
  readonly powerLimitWatts: number | undefined;
  readonly temperatureCelsius: number | undefined;
  readonly memoryTemperatureCelsius: number | undefined;
  readonly utilizationPercent: number | undefined;
  readonly memoryUtilizationPercent: number | undefined;
  readonly memoryUsedMebibytes: number | undefined;
  readonly smClockMegahertz: number | undefined;
  readonly memoryClockMegahertz: number | undefined;
  /** What holds the clocks down. */
  readonly throttleReasons: readonly string[] | undefined;
  /** Whether the GPU is split into MIG slices; all power is the whole GPU's then too. */
  readonly isMig: boolean | undefined;
  /** What the driver printed in place of a power, such as `[N/A]` or `[GPU is lost]`. */
  readonly powerAbsence: string | undefined;
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const STAMP = /^(\d{4})\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d)$/;
const STAMP_LENGTH = "2026/03/03 09:14:07".length;
const FRACTION = /^\.\d{1,3}$/;

/** Reads one row, given its cells; `undefined` when it does not say when it was taken, or of which GPU. */
export type SampleReader = (cells: readonly string[]) => GpuSample | undefined;

/** A reader for the columns of a header, by name; a unit in the header (`power.draw [W]`) has to be the usual one. */
export function sampleReader(header: readonly string[]): SampleReader {
  const place = (name: string, ...others: readonly string[]): number => {
    const found = header.indexOf(name);
    const [next, ...rest] = others;
    return found < 0 && next !== undefined ? place(next, ...rest) : found;
  };
  const measured = (name: string, unit: string, ...others: readonly string[]): number =>
    place(`${name} [${unit}]`, name, ...others.flatMap((other) => [`${other} [${unit}]`, other]));
  const stamp = place("timestamp");
  const uuid = place("uuid", "gpu_uuid");
  const index = place("index");
  const model = place("name", "gpu_name");
  const driver = place("driver_version");
  const draw = measured("power.draw", "W");
  const instant = measured("power.draw.instant", "W");
  const average = measured("power.draw.average", "W");
  const limit = measured("power.limit", "W");
  const temperature = place("temperature.gpu");
  const memoryTemperature = place("temperature.memory");
  const utilization = measured("utilization.gpu", "%");
  const memoryUtilization = measured("utilization.memory", "%");
  const memoryUsed = measured("memory.used", "MiB");
  const smClock = measured("clocks.current.sm", "MHz", "clocks.sm");
  const memoryClock = measured("clocks.current.memory", "MHz", "clocks.mem");
  const reasons = place("clocks_event_reasons.active", "clocks_throttle_reasons.active");
  const mig = place("mig.mode.current");

  const toStamp = stampReader();
  return (cells) => {
    const number = (column: number, unit: string): number | undefined => toNumber(cells[column], unit);
    const watts = (column: number): number | undefined => {
      const value = number(column, "W");
      return value !== undefined && value >= 0 ? value : undefined;
    };
    const stampMs = toStamp(cells[stamp] ?? "");
    const gpu = toText(cells[uuid]);
    const position = toNumber(cells[index], "");
    const isIdentified = gpu !== undefined || (uuid < 0 && (position !== undefined || index < 0));
    if (!isIdentified || (stamp >= 0 && stampMs === undefined)) return undefined;
    const powerWatts = watts(draw);
    const powerInstantWatts = watts(instant);
    const powerAverageWatts = watts(average);
    const hasPower = (powerWatts ?? powerInstantWatts ?? powerAverageWatts) !== undefined;
    return {
      stampMs,
      uuid: gpu,
      index: position,
      model: toText(cells[model]),
      driverVersion: toText(cells[driver]),
      powerWatts,
      powerInstantWatts,
      powerAverageWatts,
      powerLimitWatts: number(limit, "W"),
      temperatureCelsius: number(temperature, "C"),
      memoryTemperatureCelsius: number(memoryTemperature, "C"),
      utilizationPercent: number(utilization, "%"),
      memoryUtilizationPercent: number(memoryUtilization, "%"),
      memoryUsedMebibytes: number(memoryUsed, "MiB"),
      smClockMegahertz: number(smClock, "MHz"),
      memoryClockMegahertz: number(memoryClock, "MHz"),
      throttleReasons: throttleReasons(cells[reasons]),
      isMig: mig < 0 || toText(cells[mig]) === undefined ? undefined : cells[mig] === "Enabled",
      powerAbsence: hasPower ? undefined : (cells[draw] ?? cells[instant] ?? cells[average]),
    };
  };
}

/** Strict, for `Number("")` is 0 and `[N/A]` is no power; the unit may follow, no other may. */
function toNumber(cell: string | undefined, unit: string): number | undefined {
  if (cell === undefined) return undefined;
  const bare = unit !== "" && cell.endsWith(` ${unit}`) ? cell.slice(0, -unit.length - 1) : cell;
  return DECIMAL.test(bare) ? Number(bare) : undefined;
}

function toText(cell: string | undefined): string | undefined {
  if (cell === undefined || cell === "" || cell === "N/A" || cell === "ERR!" || cell.startsWith("[")) return undefined;
  return cell;
}

/** A reader of time stamps; rows of one second have the same text up to the fraction. */
function stampReader(): (text: string) => number | undefined {
  let [second, secondMs] = ["", Number.NaN];
  return (text) => {
    const start = text.slice(0, STAMP_LENGTH);
    if (start !== second) [second, secondMs] = [start, toSecondMs(start)];
    const fraction = text.slice(STAMP_LENGTH);
    if (Number.isNaN(secondMs) || (fraction !== "" && !FRACTION.test(fraction))) return undefined;
    return secondMs + Math.round(Number(`0${fraction}`) * 1000);
  };
}

function toSecondMs(text: string): number {
  const [, year, month, day, hours, minutes, seconds] = STAMP.exec(text)?.map(Number) ?? [];
  return year === undefined ? Number.NaN : Date.UTC(year, Number(month) - 1, day, hours, minutes, seconds);
}
