/** What an audit needs of the telemetry of one GPU during one run. */
export interface TraceFeatures {
  /** UUID, or empty where the trace does not tell. */
  readonly device: string;
  readonly samples: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Mean time between two samples. */
  readonly intervalSeconds: number | undefined;
  readonly longestGapSeconds: number;
  /** All powers added up as if each stood for one second. */
  readonly sumJoules: number;
  /** Trapezoid over time stamps, from the first sample to the last. */
  readonly integralJoules: number;
  readonly meanWatts: number;
  readonly minWatts: number;
  readonly maxWatts: number;
  /** Before the training can have reached the GPU. */
  readonly startWatts: number;
  readonly endWatts: number;
  readonly startUtilizationPercent: number | undefined;
  readonly meanUtilizationPercent: number | undefined;
  readonly maxUtilizationPercent: number | undefined;
  readonly startCelsius: number | undefined;
  readonly maxCelsius: number | undefined;
}

/** Collects the features of one GPU's telemetry in constant memory. Samples are in the order of time. */
export class TraceCollector {
  readonly #device: string;
  readonly #edgeMs: number;
  readonly #start = new Mean();
  readonly #end: { readonly timeMs: number; readonly watts: number }[] = [];
  readonly #power = new Mean();
  readonly #utilization = new Mean();
  readonly #startUtilization = new Mean();
  readonly #temperature = new Mean();
  #startMs: number | undefined;
  #last: { readonly timeMs: number; readonly watts: number } | undefined;
  #longestGapMs = 0;
  #integralJoules = 0;
  #startCelsius: number | undefined;

  /** @param edgeSeconds how long the training cannot have reached the GPU. */
  constructor(device: string, edgeSeconds: number) {
    this.#device = device;
    this.#edgeMs = edgeSeconds * 1000;
  }

  /** A reading of the power, in milliseconds since 1970 and watts. */
  addPower(timeMs: number, watts: number): void {
    this.#startMs ??= timeMs;
    this.#integrate(timeMs, watts);
    this.#power.add(watts);
    if (this.#isEdge(timeMs)) this.#start.add(watts);
    this.#end.push({ timeMs, watts });
    while (this.#end.length > 2 && timeMs - (this.#end[0]?.timeMs ?? timeMs) > this.#edgeMs) this.#end.shift();
  }

  /** A moment that was there, or lies before one that was, has no time of its own. */
  #integrate(timeMs: number, watts: number): void {
    const last = this.#last;
    if (last && timeMs <= last.timeMs) return;
    this.#last = { timeMs, watts };
    if (!last) return;
    const gapMs = timeMs - last.timeMs;
    this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    this.#integralJoules += ((last.watts + watts) / 2) * (gapMs / 1000);
  }

  /** A reading of the utilisation, in milliseconds since 1970 and per cent. */
  addUtilization(timeMs: number, percent: number): void {
    this.#startMs ??= timeMs;
    this.#utilization.add(percent);
    if (this.#isEdge(timeMs)) this.#startUtilization.add(percent);
  }

  /** A reading of the temperature, in degrees Celsius. */
  addTemperature(celsius: number): void {
    this.#startCelsius ??= celsius;
    this.#temperature.add(celsius);
  }

  /** `undefined` without a power. */
  features(): TraceFeatures | undefined {
    const [startMs, last, power] = [this.#startMs, this.#last, this.#power.value];
    if (startMs === undefined || !last || power === undefined) return undefined;
    const { count } = this.#power;
    return {
      device: this.#device,
      samples: count,
      startMs,
      endMs: last.timeMs,
      intervalSeconds: count > 1 ? (last.timeMs - startMs) / 1000 / (count - 1) : undefined,
      longestGapSeconds: this.#longestGapMs / 1000,
      sumJoules: power * count,
      integralJoules: this.#integralJoules,
      meanWatts: power,
      minWatts: this.#power.min,
      maxWatts: this.#power.max,
      startWatts: this.#start.value ?? power,
      endWatts: this.#end.reduce((sum, { watts }) => sum + watts, 0) / this.#end.length,
      startUtilizationPercent: this.#startUtilization.value,
      meanUtilizationPercent: this.#utilization.value,
      maxUtilizationPercent: this.#utilization.count > 0 ? this.#utilization.max : undefined,
      startCelsius: this.#startCelsius,
      maxCelsius: this.#temperature.count > 0 ? this.#temperature.max : undefined,
    };
  }

  #isEdge(timeMs: number): boolean {
    return timeMs - (this.#startMs ?? timeMs) <= this.#edgeMs;
  }
}

/** A mean and what it lies between. */
class Mean {
  count = 0;
  min = Number.POSITIVE_INFINITY;
  max = Number.NEGATIVE_INFINITY;
  #sum = 0;

  add(value: number): void {
    this.count += 1;
    this.#sum += value;
    this.min = Math.min(this.min, value);
    this.max = Math.max(this.max, value);
  }

  get value(): number | undefined {
    return this.count > 0 ? this.#sum / this.count : undefined;
  }
}
