/** Something about the machine that decides what can be measured, or how well. */
export interface Condition {
  readonly name: string;
  /** `unknown`: it could not be found out, and may be either. */
  readonly status: "ok" | "attention" | "unknown";
  readonly finding: string;
  /** The command, or the step, that mends it. */
  readonly fix?: string | undefined;
}
