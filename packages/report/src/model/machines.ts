import type { EnvironmentJson } from "@ea/records";
import type { Machine } from "./report-data.ts";

/** The machine of a run, in words. */
function machineOf(environment: EnvironmentJson): Machine {
  const { host, cpu_model, cpu_threads, memory_bytes, gpus, kernel, governor, libraries } = environment;
  const models = new Map<string, number>();
  for (const { model, driver_version, power_limit_watts } of gpus) {
    const facts = [driver_version && `driver ${driver_version}`, power_limit_watts && `limit ${power_limit_watts} W`];
    const text = [model ?? "unknown GPU", ...facts.filter(Boolean)].join(", ");
    models.set(text, (models.get(text) ?? 0) + 1);
  }
  const versions = Object.entries(libraries).map(([name, version]) => `${name} ${version}`);
  return {
    host: host ?? "not recorded",
    cpu: [cpu_model ?? "unknown CPU", ...(cpu_threads === null ? [] : [`${cpu_threads} threads`])].join(", "),
    memory: memory_bytes === null ? "unknown" : `${(memory_bytes / 2 ** 30).toFixed(1)} GiB`,
    gpus: models.size > 0 ? [...models].map(([model, count]) => `${count} × ${model}`).join("; ") : "none metered",
    system: kernel === null ? "unknown" : `Linux ${kernel}`,
    governor: governor.during ?? governor.before ?? "unknown",
    software: [...tools(environment), ...versions].join(", ") || "not recorded",
  };
}

function tools({ tool_version, node_version }: EnvironmentJson): readonly string[] {
  return [
    ...(tool_version === null ? [] : [`ea ${tool_version}`]),
    ...(node_version === null ? [] : [`Node ${node_version}`]),
  ];
}

/** The machines of runs, each once, and which of them each run had. */
export function machinesOf(environments: readonly EnvironmentJson[]): {
  readonly machines: readonly Machine[];
  readonly positions: readonly number[];
} {
  const known = new Map<string, { readonly machine: Machine; readonly position: number }>();
  const positions = environments.map((environment) => {
    const machine = machineOf(environment);
    const key = JSON.stringify(machine);
    const found = known.get(key) ?? { machine, position: known.size };
    known.set(key, found);
    return found.position;
  });
  return { machines: [...known.values()].map(({ machine }) => machine), positions };
}
