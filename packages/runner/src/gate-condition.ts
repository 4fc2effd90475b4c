import type { Flag } from "@ea/records";

/** Something about the machine that bears on a run that begins now. */
export interface GateCondition {
  /** The same for the same condition at another look. */
  readonly key: string;
  /** What the record says of it. */
  readonly flag: Flag;
  /** Whether the gate waits for it to pass; otherwise it only flags. */
  readonly isWaitedFor: boolean;
  /** The command or step that helps. */
  readonly help: string;
  /** Whether no run can start under it. */
  readonly isFatal?: boolean | undefined;
}

/** `what it is; try: what helps` */
export function conditionText({ flag, help }: GateCondition): string {
  return `${flag.message}; try: ${help}`;
}
