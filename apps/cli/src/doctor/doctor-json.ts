import { quantityToJson } from "@ea/energy";
import { sourceToJson } from "../source-json.ts";
import { type DoctorFindings, isReady } from "./doctor-report.ts";

/** The document of `ea doctor --json`. */
export function doctorToJson(findings: DoctorFindings, toolVersion: string): Record<string, unknown> {
  const { sources, conditions, readings } = findings;
  return {
    schema_version: 1,
    tool_version: toolVersion,
    ready: isReady(findings),
    sources: sources.map(sourceToJson),
    machine: conditions.map(({ name, status, finding, fix }) => ({ name, status, finding, fix: fix ?? null })),
    live: readings.flatMap(({ quantities }) => quantities.map(quantityToJson)),
    live_power: readings.flatMap(({ quantities, windowSeconds }) =>
      quantities.map(({ name, device, source, value }) => ({
        name,
        device: device ?? null,
        source,
        mean_watts: value === null || windowSeconds <= 0 ? null : value / windowSeconds,
      })),
    ),
  };
}
