/** Bits of `clocks_event_reasons.active` (nvml.h, `nvmlClocksEventReason…`) that hold clocks down; idling does not. */
const REASONS: readonly (readonly [bit: number, name: string])[] = [
  [0x2, "applications_clocks_setting"],
  [0x4, "sw_power_cap"],
  [0x8, "hw_slowdown"],
  [0x10, "sync_boost"],
  [0x20, "sw_thermal_slowdown"],
  [0x40, "hw_thermal_slowdown"],
  [0x80, "hw_power_brake_slowdown"],
  [0x100, "display_clock_setting"],
];

/** The names of what holds the clocks down, out of a mask such as `0x0000000000000004`; `undefined` for anything else. */
export function throttleReasons(mask: string | undefined): readonly string[] | undefined {
  if (mask === undefined || !/^0x[0-9a-f]{1,16}$/i.test(mask)) return undefined;
  const bits = Number.parseInt(mask.slice(-3).replace("x", ""), 16); // the higher ones have no meaning yet
  return REASONS.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
}
