import type { Quantity } from "./quantity.ts";

/** What a source of energy data can do on this machine. */
export interface SourceState {
  /** Name of the meter. */
  readonly name: string;
  readonly status: "ready" | "unreadable" | "absent";
  /** Names of the quantities that `start` will deliver values for; empty unless `ready`. */
  readonly provides: readonly string[];
  /** Why it is not ready; `undefined` when it is. */
  readonly reason: string | undefined;
  /** The command or step that makes it ready, when one is known. */
  readonly fix: string | undefined;
}

/** A process that uses a device. */
export interface DeviceProcess {
  readonly pid: number;
  /** Executable as the driver names it; `undefined` when it does not say. */
  readonly name: string | undefined;
  readonly memoryMebibytes: number | undefined;
}

/** How a device stands now. */
export interface DeviceState {
  /** GPU UUID. */
  readonly device: string;
  /** Product name. */
  readonly model: string | undefined;
  readonly driverVersion: string | undefined;
  /** Processes that compute on it; `undefined` when the driver could not tell. */
  readonly processes: readonly DeviceProcess[] | undefined;
  readonly powerWatts: number | undefined;
  readonly powerLimitWatts: number | undefined;
  readonly temperatureCelsius: number | undefined;
  readonly utilizationPercent: number | undefined;
  readonly memoryUsedMebibytes: number | undefined;
  /** Active reasons for reduced clocks; `undefined` when the driver does not tell. */
  readonly throttleReasons: readonly string[] | undefined;
}

/** One live reading of one sensor. */
export interface Reading {
  /** Milliseconds since 1970, from a clock that does not step. */
  readonly timeEpochMs: number;
  /** Name of the quantity this reading belongs to. */
  readonly name: string;
  /** GPU UUID or socket; `undefined` when not split by device. */
  readonly device: string | undefined;
  readonly powerWatts: number | undefined;
  readonly temperatureCelsius: number | undefined;
  readonly utilizationPercent: number | undefined;
}

/** Options of `Meter.start`. */
export interface MeterStartOptions {
  /** Existing directory that the meter may write its raw files into. */
  readonly directory: string;
  /** Aborting it ends the metering as `stop` does. */
  readonly signal?: AbortSignal | undefined;
}

/** A measurement that is under way. */
export interface Metering {
  /** Readings as they come; ends after `stop`. Nobody has to consume it. */
  readonly readings: AsyncIterable<Reading>;
  /**
   * Marks the end of the measured window, ends everything that `start` started, and resolves with one quantity per
   * name and device. A value that could not be had is `null` with a reason; it does not reject for that.
   */
  stop(): Promise<readonly Quantity[]>;
  /** CPU seconds that the measurement itself has cost so far; complete after `stop`. */
  cpuSeconds(): number;
}

/** A source of energy data: the only thing the runner knows about sensors. */
export interface Meter {
  /** Short, stable name, such as `perf`. */
  readonly name: string;
  /** Says whether it can measure here, why not, and what would change that. Never throws for an absent tool. */
  probe(): Promise<SourceState>;
  /** State of the devices now; a meter without devices leaves it out. */
  inspect?(): Promise<readonly DeviceState[]>;
  /**
   * Begins a measurement; the window begins when the promise resolves. Works in every state: a meter that is not
   * ready returns a metering whose `stop` delivers its quantities as unavailable, with the reason. Rejects with the
   * reason of a signal that is already aborted.
   */
  start(options: MeterStartOptions): Promise<Metering>;
}
