/** A file or directory that was not read, or not as a whole, and why. */
export interface NotRead {
  /** Relative to what is imported. */
  readonly file: string;
  readonly reason: string;
}

/** What went wrong with a file, in the system's words. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
