/** One row of `nvidia-smi --query-gpu`; a number is `undefined` when the driver printed no number. */
export interface GpuSample {
  /** nvidia-smi's local time stamp as milliseconds, for spacing only: it has no time zone. */
  readonly stampMs: number;
  readonly uuid: string;
  readonly index: number | undefined;
  readonly model: string | undefined;
  readonly driverVersion: string | undefined;
  /** `power.draw`: a one-second mean on Ampere and later, except GA100; instantaneous before. */
  readonly powerWatts: number | undefined;
  readonly powerLimitWatts: number | undefined;
  readonly temperatureCelsius: number | undefined;
  readonly memoryTemperatureCelsius: number | undefined;
  readonly utilizationPercent: number | undefined;
  readonly memoryUtilizationPercent: number | undefined;
  readonly memoryUsedMebibytes: number | undefined;
}

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const STAMP = /^(\d{4})\/(\d{2})\/(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3}))?$/;

/** Reads the rows of one `nvidia-smi --query-gpu --format=csv,nounits`, line by line. */
export interface QueryParser {
  /** The sample in one complete line; `undefined` for the header, blank lines and what is no row. */
  line(text: string): GpuSample | undefined;
  /** Lines that were neither header nor row so far. */
  badLines(): number;
}

/** A parser that learns the columns from the header line; units in the header (`power.draw [W]`) are ignored. */
export function queryParser(): QueryParser {
  let header: readonly string[] | undefined;
  let badLines = 0;
  return {
    line(text) {
      if (text.trim() === "") return undefined;
      const fields = text.split(",").map((field) => field.trim());
      const names = fields.map((field) => field.replace(/ \[.*\]$/, ""));
      if (names.includes("timestamp") && names.includes("uuid")) {
        header = names;
        return undefined;
      }
      const sample = header?.length === fields.length ? toSample(header, fields) : undefined;
      if (!sample) badLines += 1;
      return sample;
    },
    badLines: () => badLines,
  };
}

/** All samples of a finished output; a last line without its newline was cut and is left out. */
export function parseQuery(text: string): { readonly samples: readonly GpuSample[]; readonly badLines: number } {
  const parser = queryParser();
  const lines = text.split(/\r?\n/).slice(0, -1);
  const samples = lines.map((line) => parser.line(line)).filter((sample) => sample !== undefined);
  return { samples, badLines: parser.badLines() };
}

function toSample(header: readonly string[], fields: readonly string[]): GpuSample | undefined {
  const text = (name: string): string | undefined => {
    const field = fields[header.indexOf(name)];
    return field === undefined || field === "" || /^(\[.*\]|N\/A|ERR!)$/.test(field) ? undefined : field;
  };
  // Strict: Number("") is 0, and "[N/A]" is no power
  const number = (name: string): number | undefined => {
    const field = text(name);
    return field !== undefined && DECIMAL.test(field) ? Number(field) : undefined;
  };
  const stampMs = parseStamp(text("timestamp") ?? "");
  const uuid = text("uuid");
  if (stampMs === undefined || uuid === undefined) return undefined;
  const powerWatts = number("power.draw");
  return {
    stampMs,
    uuid,
    index: number("index"),
    model: text("name"),
    driverVersion: text("driver_version"),
    powerWatts: powerWatts !== undefined && powerWatts >= 0 ? powerWatts : undefined,
    powerLimitWatts: number("power.limit"),
    temperatureCelsius: number("temperature.gpu"),
    memoryTemperatureCelsius: number("temperature.memory"),
    utilizationPercent: number("utilization.gpu"),
    memoryUtilizationPercent: number("utilization.memory"),
    memoryUsedMebibytes: number("memory.used"),
  };
}

function parseStamp(text: string): number | undefined {
  const [, year, month, day, hours, minutes, seconds, fraction = "0"] = STAMP.exec(text) ?? [];
  if (year === undefined) return undefined;
  const milliseconds = Number(fraction.padEnd(3, "0"));
  return Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hours),
    Number(minutes),
    Number(seconds),
    milliseconds,
  );
}
