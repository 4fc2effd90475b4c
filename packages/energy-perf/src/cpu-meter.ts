import {
  type Meter,
  type Metering,
  type Quantity,
  type SourceState,
  stopOnce,
  unavailable,
  unavailableMetering,
} from "@ea/energy";
import { perfMeter } from "./perf-meter.ts";
import { type PowercapOptions, powercapMeter } from "./powercap-meter.ts";

const NEEDED = ["cpu_package", "dram"] as const;

/** The sources as they stand here: the one that measures, if any, and the others. */
interface Choice {
  readonly chosen: { readonly meter: Meter; readonly state: SourceState } | undefined;
  readonly states: readonly SourceState[];
}

/**
 * CPU package and DRAM joules by perf or, where perf cannot, by powercap: the one that offers more of the two, perf if both
 * offer the same. A record never mixes them. Without either both energies are unavailable, with both reasons.
 *
 * Its probe answers in the name of the source that measures, or as `cpu` when there is none.
 *
 * @throws {z.ZodError} when an option is not what it should be.
 */
export function cpuMeter(options: PowercapOptions = {}): Meter {
  const meters = [perfMeter(), powercapMeter(options)];
  let choice: Promise<Choice> | undefined;
  const chooseOnce = (): Promise<Choice> => {
    choice ??= choose(meters);
    return choice;
  };
  return {
    name: "cpu",
    async probe() {
      const { chosen, states } = await chooseOnce();
      return chosen?.state ?? noSource(states);
    },
    async start({ directory, signal }) {
      signal?.throwIfAborted();
      const { chosen, states } = await chooseOnce();
      if (!chosen) return unavailableMetering(withoutSource(reasonsOf(states)));
      const metering = await chosen.meter.start({ directory });
      return stopOnce(explained(metering, chosen.state, states), signal);
    },
  };
}

async function choose(meters: readonly Meter[]): Promise<Choice> {
  const sources = await Promise.all(meters.map(async (meter) => ({ meter, state: await meter.probe() })));
  const [chosen] = sources
    .filter(({ state }) => state.status === "ready")
    .sort((a, b) => offers(b.state) - offers(a.state));
  return { chosen, states: sources.map(({ state }) => state) };
}

function offers({ provides }: SourceState): number {
  return NEEDED.filter((name) => provides.includes(name)).length;
}

function noSource(states: readonly SourceState[]): SourceState {
  const unreadable = states.filter(({ status }) => status === "unreadable");
  const fixable = unreadable.length > 0 ? unreadable : states;
  return {
    name: "cpu",
    status: unreadable.length > 0 ? "unreadable" : "absent",
    provides: [],
    reason: reasonsOf(states),
    fix: fixable.find(({ fix }) => fix !== undefined)?.fix,
  };
}

function withoutSource(reason: string): readonly Quantity[] {
  return NEEDED.map((name) =>
    unavailable({ name, scope: "host", source: "perf, powercap", method: "RAPL counters" }, reason),
  );
}

/** An energy that the chosen source does not have might be in the other one: what that one says belongs to the reason. */
function explained(metering: Metering, chosen: SourceState, states: readonly SourceState[]): Metering {
  const others = states.filter((state) => state !== chosen);
  return {
    ...metering,
    async stop() {
      const quantities = await metering.stop();
      return quantities.map((quantity) => {
        if (quantity.value !== null || chosen.provides.includes(quantity.name)) return quantity;
        return { ...quantity, reason: `${named(chosen.name, quantity.reason ?? "")}; ${reasonsOf(others)}` };
      });
    },
  };
}

function reasonsOf(states: readonly SourceState[]): string {
  return states.map(({ name, reason = "does not count it" }) => named(name, reason)).join("; ");
}

/** Some reasons name the source themselves. */
function named(name: string, reason: string): string {
  return reason.startsWith(`${name} `) ? reason : `${name}: ${reason}`;
}
