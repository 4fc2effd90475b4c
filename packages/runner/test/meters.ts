import { type DeviceState, type Meter, type Metering, type Quantity, readingQueue } from "@ea/energy";

/** So many joules of the CPU package. */
export function packageJoules(value: number): Quantity {
  return {
    name: "cpu_package",
    scope: "host",
    value,
    unit: "J",
    source: "test",
    method: "made up",
    quality: "measured",
  };
}

/** A metering without readings that ends with these quantities. */
export function metering(stop: Metering["stop"] = () => Promise.resolve([packageJoules(5)])): Metering {
  const readings = readingQueue();
  readings.close();
  return { readings, stop, cpuSeconds: () => 0.25 };
}

/** A ready meter of the CPU package, with some members replaced. */
export function meter(members: Partial<Meter> = {}): Meter {
  const name = members.name ?? "made-up";
  return {
    name,
    probe: () =>
      Promise.resolve({ name, status: "ready", provides: ["cpu_package"], reason: undefined, fix: undefined }),
    start: () => Promise.resolve(metering()),
    ...members,
  };
}

/** A GPU with these processes on it. */
export function gpu(...pids: readonly number[]): DeviceState {
  return {
    device: "GPU-1",
    model: "H200",
    driverVersion: "570.1",
    processes: pids.map((pid) => ({ pid, name: "python", memoryMebibytes: 100 })),
    powerWatts: undefined,
    powerLimitWatts: 700,
    temperatureCelsius: undefined,
    utilizationPercent: undefined,
    memoryUsedMebibytes: undefined,
    throttleReasons: undefined,
  };
}
