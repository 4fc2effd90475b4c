/** A value as a script writes it down. */
export type Literal = string | number | boolean | null;

/** One argument that a training script takes. */
export interface ScriptArgument {
  /** The longest flag, such as `--learning-rate`; without dashes for what is given by its place. */
  readonly flag: string;
  /** How its text is read: `int`, `float`, `str`, `bool`, or a name that the script gives it. */
  readonly type: string | undefined;
  /** `undefined`: none, or one that cannot be told without running the script. */
  readonly default: Literal | undefined;
  readonly choices: readonly Literal[] | undefined;
  /** Whether it stands for itself: no value follows. */
  readonly isSwitch: boolean;
  readonly isRequired: boolean;
}
