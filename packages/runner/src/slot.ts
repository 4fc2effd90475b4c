/** The slot that a process runs rows in, beside others on the same host. */
export interface Slot {
  /** 0-based. */
  readonly index: number;
  readonly of: number;
  /** Marks the processes of all slots. */
  readonly tag: string;
}
