import type { EnvironmentJson } from "@ea/records";

const GIBIBYTE = 2 ** 30;

/** Where a run took place, as rows of a table; what could not be found out is left out. */
export function environmentLines(environment: EnvironmentJson): readonly (readonly string[])[] {
  const { host, kernel, cpu_model: cpu, cpu_threads: threads, memory_bytes: bytes, governor, gpus } = environment;
  const { repository, tool_version: tool, node_version: node } = environment;
  const machine = [
    cpu ?? "unknown model",
    ...(threads === null ? [] : [`${threads} threads`]),
    ...(bytes === null ? [] : [`${(bytes / GIBIBYTE).toFixed(1)} GiB`]),
  ];
  const lines: (readonly [name: string, value: string | undefined])[] = [
    ["host", [host ?? "not recorded", ...(kernel === null ? [] : [`Linux ${kernel}`])].join(", ")],
    ["CPU", machine.join(", ")],
    ["governor", governor.during ?? undefined],
    ...gpus.map((gpu): readonly [string, string] => {
      const limit = gpu.power_limit_watts === null ? [] : [`limit ${gpu.power_limit_watts} W`];
      const driver = gpu.driver_version === null ? [] : [`driver ${gpu.driver_version}`];
      return ["GPU", [gpu.model ?? "unknown model", gpu.uuid, ...driver, ...limit].join(", ")];
    }),
    ["repository", [...(repository.path === null ? [] : [repository.path]), ...commitWords(repository)].join(", ")],
    ["libraries", pairs(environment.libraries)],
    ["variables", pairs(environment.variables)],
    ["tool", tool === null ? undefined : [`ea ${tool}`, ...(node === null ? [] : [`node ${node}`])].join(", ")],
  ];
  return lines.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

function commitWords({ commit, dirty }: EnvironmentJson["repository"]): readonly string[] {
  if (commit === null) return ["no git commit"];
  return [
    `commit ${commit.slice(0, 12)}${dirty === true ? " with changes" : dirty === null ? ", changes unknown" : ""}`,
  ];
}

function pairs(values: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(values);
  return entries.length === 0 ? undefined : entries.map(([name, value]) => `${name} ${value}`).join(", ");
}
