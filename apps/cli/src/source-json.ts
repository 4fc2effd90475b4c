import type { SourceState } from "@ea/energy";

/** A source of energy data in JSON. */
export function sourceToJson({ name, status, reason, fix }: SourceState): Record<string, unknown> {
  return { name, status, reason: reason ?? null, fix: fix ?? null };
}
