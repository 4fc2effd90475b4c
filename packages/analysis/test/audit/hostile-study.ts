import type { PublishedJson } from "@ea/records";
import type { AuditRun } from "../../src/audit/audit-run.ts";
import type { TraceFeatures } from "../../src/audit/trace-features.ts";

/** Uniform numbers below 1 from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Runs of made-up trainings on one machine, and which of them have which defect, by code. */
export interface Study {
  readonly runs: readonly AuditRun[];
  readonly truth: Readonly<Record<string, ReadonlySet<string>>>;
}

interface Model {
  readonly name: string;
  readonly repository: string;
  readonly secondsPerEpoch: number;
  readonly epochs: number;
  /** Whether its runs' epochs are known. */
  readonly tellsEpochs: boolean;
  /** Watts and utilisation while it trains. */
  readonly watts: number;
  readonly percent: number;
  readonly metrics: readonly string[];
  readonly hasLog: boolean;
  /** The learning rate that it takes, whatever is asked for. */
  readonly fixedRate: number | undefined;
  /** Share of its runs whose metrics were not found although they trained. */
  readonly withoutMetrics: number;
}

const HOUR_MS = 3_600_000;

/** What is left out of a study. */
interface StudyOptions {
  /** Foreign processes, crashes, a script that ignores a parameter, and a table that was joined wrongly. @default true */
  readonly hasDefects?: boolean;
  /** Whether the telemetry has the utilisation. @default true */
  readonly hasUtilization?: boolean;
}

/** A year of somebody's experiments: models of every kind, nights with a foreign process, crashes, joined tables. */
export function hostileStudy(seed: number, { hasDefects = true, hasUtilization = true }: StudyOptions = {}): Study {
  const random = randomFrom(seed);
  const between = (low: number, high: number): number => low + (high - low) * random();
  const integer = (low: number, high: number): number => Math.floor(between(low, high + 1));
  const noisy = (value: number, share: number): number => value * (1 + share * (random() + random() + random() - 1.5));
  const chance = (share: number): boolean => random() < share;

  // A sampler that loads the driver each time keeps a waiting card awake; one with a persistent driver lets it sleep
  const waitingWatts = chance(0.5) ? between(60, 90) : between(8, 35);
  const models = modelsOf(random).filter(({ name }) => hasDefects || (name !== "stub" && name !== "fixed"));
  const truth = {
    contaminated: new Set<string>(),
    "energy-of-another-run": new Set<string>(),
    "false-success": new Set<string>(),
    "parameter-ineffective": new Set<string>(),
    "no-work": new Set<string>(),
  };
  const runs: AuditRun[] = [];
  let nowMs = Date.parse("2025-03-01T08:00:00Z");
  let foreign = { fromMs: 0, toMs: 0, watts: 0, slowdown: 1 };

  const train = (session: string, model: Model, mode: "mutation" | "parallel", load: Model | undefined): void => {
    const id = `${session}_${String(runs.length).padStart(4, "0")}_${model.name}`;
    const asksRate = chance(0.6);
    const epochs = chance(0.5) ? Math.max(1, Math.round(model.epochs * between(0.5, 1.5))) : model.epochs;
    const isStub = model.secondsPerEpoch === 0;
    const isForeign = !isStub && nowMs > foreign.fromMs && nowMs < foreign.toMs;
    const isCrash =
      hasDefects && !isStub && model.metrics.length > 0 && epochs * model.secondsPerEpoch > 500 && chance(0.06);
    const isFailure = !isStub && !isCrash && chance(0.03);
    const usual = isStub ? between(2, 4) : epochs * model.secondsPerEpoch;
    const loadSlowdown = load && load.percent > 30 ? 1 + (load.percent / 100) * (model.percent / 100) : load ? 1.05 : 1;
    const slowed = usual * (isForeign ? foreign.slowdown : 1) * (load ? loadSlowdown : 1);
    const early = chance(0.04) ? between(0.6, 0.9) : 1;
    const seconds = isCrash || isFailure ? between(20, 90) : Math.max(2, noisy(slowed * early, 0.02));
    const startMs = nowMs;
    const isBusyStart = isForeign || load !== undefined;
    const trainingWatts = Math.max(noisy(model.watts, 0.05), load ? load.watts : 0, isForeign ? foreign.watts : 0);
    const startWatts = isForeign ? foreign.watts : load ? noisy(load.watts, 0.03) : noisy(waitingWatts, 0.1);
    const minWatts = isBusyStart
      ? Math.min(startWatts, trainingWatts) * between(0.9, 0.97)
      : waitingWatts * between(0.1, 1);
    const startPercent = isForeign ? between(95, 100) : load ? load.percent * between(0.8, 1) : between(0, 8);
    const meanPercent = isForeign
      ? 99.5
      : Math.min(100, Math.max(model.percent * (usual < 20 ? 0.2 : 1), load?.percent ?? 0));
    const interval = noisy(1.03, 0.01) * (chance(0.05) ? 1.25 : 1);
    const samples = Math.floor(seconds / interval);
    const sumJoules = samples * trainingWatts;
    const hasMetrics = !isCrash && !isFailure && !isStub && !chance(model.withoutMetrics);
    const rate = between(0.001, 0.1);
    const told = model.fixedRate ?? Number(rate.toFixed(6));
    const trace: TraceFeatures = {
      device: "",
      samples,
      startMs,
      endMs: startMs + samples * interval * 1000,
      intervalSeconds: samples > 1 ? interval : undefined,
      longestGapSeconds: interval * 2,
      sumJoules,
      integralJoules: sumJoules * interval,
      meanWatts: trainingWatts,
      minWatts,
      maxWatts: trainingWatts * 1.2,
      startWatts,
      endWatts: startWatts,
      startUtilizationPercent: hasUtilization ? startPercent : undefined,
      meanUtilizationPercent: hasUtilization ? (isStub && !load ? 0 : meanPercent) : undefined,
      maxUtilizationPercent: hasUtilization ? 100 : undefined,
      startCelsius: between(35, 60),
      maxCelsius: between(60, 82),
    };
    const cpuJoules = seconds * noisy(60, 0.1);
    const own = publishedOf(id, startMs, seconds, { gpu: sumJoules, cpu: cpuJoules, success: !isFailure });
    runs.push({
      id,
      session,
      source: id,
      repository: model.repository,
      model: model.name,
      mode,
      background: load && `${load.repository}/${load.name}`,
      machine: "box",
      startMs,
      endMs: startMs + seconds * 1000,
      durationSeconds: seconds,
      status: isFailure ? "failed" : "success",
      failureClass: isFailure ? "oom" : null,
      errorMessage: isFailure ? "out of memory" : "",
      parameters: {
        ...(model.tellsEpochs && { epochs }),
        ...(asksRate && { learning_rate: rate }),
      },
      mutated: asksRate ? ["learning_rate"] : ["epochs"],
      metrics: hasMetrics ? Object.fromEntries(model.metrics.map((name) => [name, between(0.8, 0.95)])) : {},
      gpuJoules: trace.integralJoules,
      cpuJoules,
      coverage: 1,
      published: [own],
      echoed:
        asksRate && model.hasLog && chance(0.7)
          ? { learning_rate: { value: told, line: 3, text: `Learning Rate: ${told}` } }
          : {},
      flags: [],
      traces: samples > 0 ? [trace] : [],
    });
    if (isForeign && samples > 2) truth.contaminated.add(id);
    if (isCrash) truth["false-success"].add(id);
    if (isStub) truth["no-work"].add(id);
    if (model.fixedRate !== undefined && asksRate && !isFailure) truth["parameter-ineffective"].add(id);
    nowMs += seconds * 1000 + (chance(0.2) ? 3000 : 62_000);
  };

  const sessions = integer(8, 14);
  const spoilt = integer(2, sessions - 2);
  for (let session = 0; session < sessions; session += 1) {
    if (hasDefects && session === spoilt) {
      const watts = waitingWatts + between(90, 200);
      foreign = {
        fromMs: nowMs + between(1, 4) * HOUR_MS,
        toMs: nowMs + between(24, 48) * HOUR_MS,
        watts,
        slowdown: between(1.7, 2.6),
      };
    }
    for (const model of models.filter(() => chance(0.6))) {
      const load = models.filter((other) => other !== model)[integer(0, models.length - 2)];
      const count = integer(2, 7);
      for (let run = 0; run < count; run += 1) train(`s${session}`, model, "mutation", undefined);
      if (chance(0.8)) for (let run = 0; run < count; run += 1) train(`s${session}`, model, "parallel", load);
    }
    nowMs += between(2, 40) * HOUR_MS;
  }
  return { runs: joinTable(runs, hasDefects ? 20 : 0, truth["energy-of-another-run"], random), truth };
}

function modelsOf(random: () => number): readonly Model[] {
  const between = (low: number, high: number): number => low + (high - low) * random();
  const base = { epochs: 10, tellsEpochs: true, metrics: ["accuracy", "loss"], hasLog: true, fixedRate: undefined };
  return [
    {
      ...base,
      name: "large",
      repository: "a",
      secondsPerEpoch: between(80, 400),
      watts: 240,
      percent: 95,
      withoutMetrics: 0,
    },
    {
      ...base,
      name: "fixed",
      repository: "b",
      secondsPerEpoch: between(40, 90),
      epochs: 60,
      watts: 230,
      percent: 90,
      fixedRate: 0.02,
      withoutMetrics: 0.1,
    },
    {
      ...base,
      name: "blind",
      repository: "b",
      secondsPerEpoch: between(40, 120),
      epochs: 40,
      watts: 220,
      percent: 85,
      withoutMetrics: 0.4,
      hasLog: false,
    },
    {
      ...base,
      name: "light",
      repository: "c",
      secondsPerEpoch: between(8, 20),
      watts: 110,
      percent: 10,
      withoutMetrics: 0,
    },
    {
      ...base,
      name: "tiny",
      repository: "c",
      secondsPerEpoch: 0.01,
      epochs: 1000,
      tellsEpochs: true,
      watts: 95,
      percent: 20,
      withoutMetrics: 0.6,
    },
    {
      ...base,
      name: "untold",
      repository: "d",
      secondsPerEpoch: between(60, 90),
      tellsEpochs: false,
      watts: 160,
      percent: 45,
      withoutMetrics: 0.1,
    },
    {
      ...base,
      name: "cpu",
      repository: "d",
      secondsPerEpoch: between(20, 60),
      watts: 8,
      percent: 0,
      withoutMetrics: 0.2,
    },
    {
      ...base,
      name: "mute",
      repository: "e",
      secondsPerEpoch: between(30, 90),
      watts: 200,
      percent: 70,
      metrics: [],
      withoutMetrics: 1,
    },
    {
      ...base,
      name: "stub",
      repository: "e",
      secondsPerEpoch: 0,
      watts: 76,
      percent: 0,
      metrics: [],
      withoutMetrics: 1,
    },
  ];
}

/** A table that was joined by an id which is not unique: one in so many rows, 0: none, have the energy, and some the time, of another run. */
function joinTable(
  runs: readonly AuditRun[],
  every: number,
  truth: Set<string>,
  random: () => number,
): readonly AuditRun[] {
  return runs.map((run, index) => {
    const [own] = run.published;
    if (!own || run.status !== "success" || run.model === "stub" || random() < 0.15) return run;
    const isBlank = random() < 0.05;
    const other = runs[Math.floor(random() * runs.length)];
    const [others] = other?.published ?? [];
    const isWrong =
      !isBlank && index % every === 7 && others !== undefined && other !== run && other?.model === run.model;
    if (isWrong) truth.add(run.id);
    const energy_metrics = isWrong ? others.energy_metrics : own.energy_metrics;
    const row: PublishedJson = {
      ...own,
      file: "table.csv",
      line: index + 2,
      duration_seconds: isWrong && random() < 0.5 ? others.duration_seconds : own.duration_seconds,
      energy_metrics: isBlank
        ? { ...energy_metrics, gpu_energy_total_joules: null, cpu_energy_pkg_joules: null }
        : energy_metrics,
    };
    return { ...run, published: [own, row] };
  });
}

function publishedOf(
  id: string,
  startMs: number,
  seconds: number,
  { gpu, cpu, success }: { readonly gpu: number; readonly cpu: number; readonly success: boolean },
): PublishedJson {
  return {
    file: `${id}/experiment.json`,
    line: null,
    experiment_id: id,
    timestamp: new Date(startMs).toISOString(),
    duration_seconds: seconds,
    retries: 0,
    training_success: success,
    error_message: null,
    hyperparameters: {},
    energy_metrics: {
      cpu_energy_pkg_joules: Number(cpu.toFixed(2)),
      cpu_energy_ram_joules: Number((cpu / 15).toFixed(2)),
      cpu_energy_total_joules: Number((cpu * (16 / 15)).toFixed(2)),
      gpu_power_avg_watts: null,
      gpu_power_max_watts: null,
      gpu_power_min_watts: null,
      gpu_energy_total_joules: gpu,
      gpu_temp_avg_celsius: null,
      gpu_temp_max_celsius: null,
      gpu_util_avg_percent: null,
      gpu_util_max_percent: null,
    },
    performance_metrics: {},
  };
}
