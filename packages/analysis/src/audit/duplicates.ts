import type { AuditRun } from "./audit-run.ts";
import { type AuditCode, type Finding, finding } from "./finding.ts";
import { groupBy } from "./robust.ts";

/** Ids and moments that several runs share: tables that were joined by them mix runs up. */
export function duplicates(runs: readonly AuditRun[]): readonly Finding[] {
  return [
    ...shared(runs, ({ id, published }) => published[0]?.experiment_id ?? id, "duplicate-id", "the id"),
    ...shared(runs, momentOf, "duplicate-timestamp", "the time stamp"),
  ];
}

function momentOf({ machine, published, startMs }: AuditRun): string {
  return published[0]?.timestamp ?? `${machine} ${new Date(startMs).toISOString()}`;
}

function shared(
  runs: readonly AuditRun[],
  of: (run: AuditRun) => string,
  code: AuditCode,
  what: string,
): readonly Finding[] {
  return groupBy(runs, of)
    .filter(({ length }) => length > 1)
    .flatMap((group) =>
      group.map((run) => {
        const others = group.filter((other) => other !== run).map(({ id }) => id);
        const text = `${what} ${of(run)} is also that of ${others.slice(0, 3).join(", ")}${others.length > 3 ? ", …" : ""}`;
        return finding(run, code, "warning", text, { value: of(run), others });
      }),
    );
}
