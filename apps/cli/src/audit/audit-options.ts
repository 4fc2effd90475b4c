import type { InferredOptionTypes, Options } from "yargs";
import { choice, jsonFlag, text, yes } from "../flag-kinds.ts";

const results = { ...text("directory of all sessions"), default: "results" } as const;

/** Flags of `ea audit`. */
export const auditOptions = {
  results,
  severity: choice("leave out findings below this severity", ["info", "warning", "error"]),
  only: { ...text("findings of these codes alone"), array: true },
  threshold: { ...text("NAME=VALUE: decide by another value; see docs/audit.md"), array: true },
  strict: yes("exit 5 also where there are warnings only"),
  json: jsonFlag,
} as const satisfies Record<string, Options>;

/** The flags of `ea audit`, as yargs delivers them. */
export type AuditFlags = InferredOptionTypes<typeof auditOptions> & { readonly sessions: readonly string[] };
