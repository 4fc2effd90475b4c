/** Electrical power of a server per hardware thread, idle and fully busy. */
export interface CpuCoefficients {
  /** Microarchitecture, or `unknown CPU`. */
  readonly family: string;
  readonly idleWattsPerThread: number;
  readonly busyWattsPerThread: number;
  /** Half width of the believed error as a share of the value. */
  readonly relativeUncertainty: number;
}

/** Who publishes the coefficients. */
export const COEFFICIENTS_SOURCE =
  "Cloud Carbon Footprint, ccf-coefficients, output/coefficients-aws-use.csv of 2026-03 (SPECpower_ssj2008 results: whole server, watts per thread)";

// [family, idle, busy, vendor, CPU families and models as in /proc/cpuinfo]. EPYC 5th Gen is left out: its published
// 3.7 W idle per thread comes from few systems and contradicts the four generations before it.
const TABLE: readonly (readonly [string, number, number, (cpu: CpuIdentity) => boolean])[] = [
  ["Sandy Bridge", 2.212, 8.631, intel([42, 45])],
  ["Ivy Bridge", 1.707, 5.557, intel([58, 62])],
  ["Haswell", 1.857, 5.595, intel([60, 63, 69, 70])],
  ["Broadwell", 0.713, 3.685, intel([61, 71, 79, 86])],
  ["Skylake", 0.613, 4.104, (cpu) => intel([85])(cpu) && cpu.stepping <= 4],
  ["Cascade Lake", 0.69, 4.063, (cpu) => intel([85])(cpu) && cpu.stepping >= 5],
  ["Coffee Lake", 1.138, 5.422, intel([142, 158])],
  ["Ice Lake", 0.767, 3.758, intel([106, 108])],
  ["Sapphire Rapids", 1.036, 4.16, intel([143])],
  ["Emerald Rapids", 0.814, 4.482, intel([207])],
  ["Granite Rapids", 0.582, 2.527, intel([173, 174])],
  ["EPYC 1st Gen", 0.847, 2.604, (cpu) => amd(23, [1])(cpu)],
  ["EPYC 2nd Gen", 0.474, 1.693, (cpu) => amd(23, [49])(cpu)],
  ["EPYC 3rd Gen", 0.456, 1.957, (cpu) => amd(25, [1])(cpu)],
  ["EPYC 4th Gen", 0.739, 2.282, (cpu) => amd(25, [17, 160])(cpu)],
];

/** What tells CPUs apart in `/proc/cpuinfo`. */
export interface CpuIdentity {
  readonly vendor: string;
  readonly family: number;
  readonly model: number;
  readonly stepping: number;
}

/** Coefficients for a CPU; an unknown one gets the medians of the table and twice the uncertainty. */
export function coefficientsFor(cpu: CpuIdentity): CpuCoefficients {
  const row = TABLE.find(([, , , matches]) => matches(cpu));
  if (row) {
    const [family, idleWattsPerThread, busyWattsPerThread] = row;
    return { family, idleWattsPerThread, busyWattsPerThread, relativeUncertainty: 0.5 };
  }
  return {
    family: "unknown CPU",
    idleWattsPerThread: median(TABLE.map(([, idle]) => idle)),
    busyWattsPerThread: median(TABLE.map(([, , busy]) => busy)),
    relativeUncertainty: 1,
  };
}

/** Reads the identity of the first processor out of `/proc/cpuinfo`; unknown numbers become -1, which match nothing. */
export function parseCpuIdentity(cpuinfo: string): CpuIdentity {
  const field = (name: string): string | undefined => new RegExp(`^${name}\\s*:\\s*(.+)$`, "m").exec(cpuinfo)?.[1];
  const integer = (name: string): number => Number(/^\d+$/.exec(field(name) ?? "")?.[0] ?? -1);
  return {
    vendor: field("vendor_id") ?? "",
    family: integer("cpu family"),
    model: integer("model"),
    stepping: integer("stepping"),
  };
}

function intel(models: readonly number[]): (cpu: CpuIdentity) => boolean {
  return ({ vendor, family, model }) => vendor === "GenuineIntel" && family === 6 && models.includes(model);
}

function amd(cpuFamily: number, models: readonly number[]): (cpu: CpuIdentity) => boolean {
  return ({ vendor, family, model }) => vendor === "AuthenticAMD" && family === cpuFamily && models.includes(model);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
