import type { Fault, FaultKind } from "./faults.ts";
import type { PowerCurve } from "./power-curve.ts";
import { seededRandom } from "./random.ts";

/** A GPU and what its sensor makes of its power. */
export interface SimulatedGpu {
  readonly uuid: string;
  readonly power: PowerCurve;
  /** Milliseconds between two new values; 0: every value is new. @default 0 */
  readonly updateMs?: number | undefined;
  /** `power.draw` is the mean over so many milliseconds before; 0: the power at that moment. @default 0 */
  readonly averageMs?: number | undefined;
}

/** What is asked of nvidia-smi, and what befalls it. */
export interface NvidiaSmiText {
  readonly gpus: readonly SimulatedGpu[];
  readonly seconds: number;
  /** @default 100 */
  readonly intervalMs?: number | undefined;
  /** Each sweep is up to so much later than it should be. @default 10 */
  readonly jitterMs?: number | undefined;
  readonly seed: string | number;
  readonly faults?: readonly Fault[] | undefined;
  /** Local time at 0 s, as milliseconds. @default 2026-03-03 09:14:07 */
  readonly startStampMs?: number | undefined;
}

/** What a reader gets, and when. */
export interface SimulatedRow {
  /** Milliseconds since 0 s. */
  readonly arrivalMs: number;
  /** One line with its newline; the first one is the header. */
  readonly text: string;
}

const HEADER =
  "timestamp, index, uuid, name, driver_version, power.draw [W], power.limit [W], temperature.gpu, utilization.gpu [%], utilization.memory [%], memory.used [MiB], power.draw.instant [W], power.draw.average [W]";
const START_STAMP_MS = Date.UTC(2026, 2, 3, 9, 14, 7);
/** A row takes so long from its stamp to the reader. */
const LATENCY_MS = 3;
/** The GPUs of one sweep are asked one after another. */
const SWEEP_STEP_MS = 3;
const AVERAGE_MS = 1000;

/** Every row of one `nvidia-smi --query-gpu=… --format=csv,nounits -lms` over known powers, in order. */
export function* nvidiaSmiRows(options: NvidiaSmiText): Generator<SimulatedRow, void> {
  const { gpus, seconds, intervalMs = 100, jitterMs = 10, seed, faults = [], startStampMs = START_STAMP_MS } = options;
  const random = seededRandom(`${seed} rows`);
  const fault = <Kind extends FaultKind>(kind: Kind): readonly Extract<Fault, { kind: Kind }>[] =>
    faults.filter((one): one is Extract<Fault, { kind: Kind }> => one.kind === kind);
  const happens = (kind: "lost-rows" | "not-available" | "repeats"): boolean =>
    fault(kind).some(({ share }) => random() < share);
  const latenessMs = Math.max(0, ...fault("late").map(({ byMs }) => byMs));

  yield { arrivalMs: 0, text: `${HEADER}\n` };
  for (let sweepMs = 0; sweepMs <= seconds * 1000; sweepMs += intervalMs) {
    const startMs = sweepMs + jitterMs * random();
    const isStalled = fault("stall").some(
      ({ atSeconds, seconds: length }) => startMs >= atSeconds * 1000 && startMs < (atSeconds + length) * 1000,
    );
    if (isStalled) continue;
    for (const [index, gpu] of gpus.entries()) {
      const takenMs = startMs + index * SWEEP_STEP_MS;
      const steps = fault("clock-step").filter(({ atSeconds }) => takenMs >= atSeconds * 1000);
      const stampMs = startStampMs + takenMs + steps.reduce((sum, { byMs }) => sum + byMs, 0);
      const isLost = fault("gpu-lost").some(({ atSeconds }) => takenMs >= atSeconds * 1000);
      if (happens("lost-rows")) continue;
      const row = {
        arrivalMs: takenMs + LATENCY_MS + latenessMs * random(),
        text: `${stampText(stampMs)}, ${index}, ${gpu.uuid}, ${cells(gpu, takenMs, isLost, happens("not-available")).join(", ")}\n`,
      };
      yield row;
      if (happens("repeats")) yield row;
    }
  }
}

function cells(gpu: SimulatedGpu, takenMs: number, isLost: boolean, isUnavailable: boolean): readonly string[] {
  const others = ["NVIDIA H100 80GB HBM3", "535.161.07"];
  if (isLost) return [...others, ...Array.from({ length: 8 }, () => "[GPU is lost]")];
  const instant = printed(gpu, takenMs, 0);
  const average = printed(gpu, takenMs, AVERAGE_MS);
  const draw = printed(gpu, takenMs, gpu.averageMs ?? 0);
  const power = [draw, "700.00", "45", "98", "74", "80011", instant, average];
  return [...others, ...power.map((cell, column) => (isUnavailable && column !== 2 ? "[N/A]" : cell))];
}

/** The power that the sensor shows: as of its last update, at that moment or as a mean over a window before it. */
function printed({ power, updateMs = 0 }: SimulatedGpu, takenMs: number, windowMs: number): string {
  const seconds = (updateMs > 0 ? Math.floor(takenMs / updateMs) * updateMs : takenMs) / 1000;
  const window = windowMs / 1000;
  return (window > 0 ? power.joules(seconds - window, seconds) / window : power.wattsAt(seconds)).toFixed(2);
}

function stampText(stampMs: number): string {
  return new Date(Math.round(stampMs)).toISOString().replace("T", " ").replace("Z", "").replaceAll("-", "/");
}
