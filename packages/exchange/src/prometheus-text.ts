import type { RecordJson, StatusJson } from "@ea/records";

/** What a scrape shows of some sessions: sums over their records, and how the ones that run stand. */
export interface PrometheusSource {
  readonly records: Iterable<RecordJson> | AsyncIterable<RecordJson>;
  /** With the seconds that each session still takes, where somebody has estimated them. */
  readonly statuses: readonly (StatusJson & { readonly etaSeconds?: number | undefined })[];
  /** The time, in milliseconds since 1970: what the meters said longer ago than a minute is no present power. */
  readonly nowMs: number;
}

const STALE_MS = 60_000;

/** Counters of energies, by the quantity that they sum. An estimate has a name of its own. */
const COUNTERS: Readonly<Record<string, { readonly name: string; readonly help: string }>> = {
  cpu_package: { name: "ea_cpu_energy_joules_total", help: "Energy of the CPU packages over all attempts." },
  dram: { name: "ea_dram_energy_joules_total", help: "Energy of the memory over all attempts." },
  gpu: { name: "ea_gpu_energy_joules_total", help: "Energy of a GPU over all attempts." },
  cpu_estimate: {
    name: "ea_cpu_energy_estimate_joules_total",
    help: "Estimated energy of the CPU over all attempts: a model, not a measurement.",
  },
};

type Family = { readonly name: string; readonly type: "counter" | "gauge"; readonly help: string };

/**
 * The textfile for node_exporter: base units, no timestamps, and no label but the GPU, the state and the quantity, so that
 * the number of series does not grow with the number of runs. What nobody measured has no series.
 */
export async function prometheusText({ records, statuses, nowMs }: PrometheusSource): Promise<string> {
  const page = new Page();
  const states: Record<string, number> = { success: 0, failed: 0, suspect: 0 };
  for await (const record of records) {
    states[record.status] = (states[record.status] ?? 0) + 1;
    for (const attempt of record.attempts) addAttempt(page, attempt);
  }
  const done = Object.values(states).reduce((sum, count) => sum + count, 0);
  const planned = statuses.reduce((sum, status) => sum + status.planned, 0);
  const experiments: Family = { name: "ea_sweep_experiments", type: "gauge", help: "Planned runs by their state." };
  for (const [state, count] of Object.entries({ ...states, left: Math.max(0, planned - done) })) {
    page.add(experiments, { state }, count);
  }
  for (const status of statuses) if (isPresent(status, nowMs)) addReadings(page, status);
  const etas = statuses.flatMap((status) => (isFresh(status, nowMs) ? (status.etaSeconds ?? []) : []));
  const eta: Family = {
    name: "ea_sweep_eta_seconds",
    type: "gauge",
    help: "Estimated time until the last session ends.",
  };
  if (etas.length > 0) page.set(eta, {}, Math.max(...etas));
  return page.text();
}

function addAttempt(page: Page, { status, duration_seconds: seconds, energy }: RecordJson["attempts"][number]): void {
  page.add({ name: "ea_attempts_total", type: "counter", help: "Attempts by how they ended." }, { status }, 1);
  if (seconds !== null) {
    page.add({ name: "ea_training_seconds_total", type: "counter", help: "Duration of all attempts." }, {}, seconds);
  }
  for (const { name, device, value, quality } of energy) {
    const counter = Object.hasOwn(COUNTERS, name) ? COUNTERS[name] : undefined;
    if (!counter) continue;
    if (value === null || quality === "partial") {
      const help = "Attempts whose energy is missing or partial, and not in its counter.";
      page.add({ name: "ea_attempts_without_energy_total", type: "counter", help }, { quantity: name }, 1);
    } else page.add({ ...counter, type: "counter" }, name === "gpu" && device !== null ? { gpu: device } : {}, value);
  }
}

function isPresent(status: StatusJson, nowMs: number): boolean {
  return status.state === "running" && isFresh(status, nowMs);
}

function isFresh({ updated_at: at }: StatusJson, nowMs: number): boolean {
  return Math.abs(nowMs - Date.parse(at)) <= STALE_MS;
}

function addReadings(page: Page, { readings }: StatusJson): void {
  for (const { name, device, power_watts: watts, temperature_celsius: celsius } of readings) {
    if (name !== "gpu" || device === null) continue;
    page.set({ name: "ea_gpu_power_watts", type: "gauge", help: "Power of a GPU now." }, { gpu: device }, watts);
    const family = { name: "ea_gpu_temperature_celsius", type: "gauge", help: "Temperature of a GPU now." } as const;
    if (celsius !== null) page.set(family, { gpu: device }, celsius);
  }
}

/** Families in the order of their first sample, the samples of each together. */
class Page {
  readonly #families = new Map<string, { readonly family: Family; readonly samples: Map<string, number> }>();

  add(family: Family, labels: Readonly<Record<string, string>>, value: number): void {
    const samples = this.#samplesOf(family);
    const key = labelText(labels);
    samples.set(key, (samples.get(key) ?? 0) + value);
  }

  set(family: Family, labels: Readonly<Record<string, string>>, value: number): void {
    this.#samplesOf(family).set(labelText(labels), value);
  }

  text(): string {
    const parts = [...this.#families.values()].map(({ family: { name, type, help }, samples }) => {
      const lines = [...samples].map(([labels, value]) => `${name}${labels} ${value}\n`);
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
    });
    return parts.join("");
  }

  #samplesOf(family: Family): Map<string, number> {
    const found = this.#families.get(family.name) ?? { family, samples: new Map<string, number>() };
    this.#families.set(family.name, found);
    return found.samples;
  }
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
