/** What the exit code of `ea` says. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  notFit: 3,
  finishedWithFailures: 4,
  /** `ea audit`: errors, with `--strict` also warnings. */
  auditFound: 5,
  /** `ea measure`: a fault of its own, or a command that could not be started. */
  notMeasured: 125,
  interrupted: 130,
  terminated: 143,
} as const;

/** Cases of a `RecordsError` that somebody who calls `ea` can do something about. */
const USAGE: ReadonlySet<unknown> = new Set(["NOT_WRITABLE", "BAD_PLAN", "TOO_NEW"]);

/** The exit code for an error that ends a command. */
export function exitCodeOf(error: unknown): number {
  const { name, code } = error instanceof Error && "code" in error ? error : {};
  // By their names: the packages that define them are not loaded by `ea --help`
  if (name === "RunnerError") return code === "NOT_FIT" ? EXIT.notFit : EXIT.usage;
  if (name === "RecordsError") return USAGE.has(code) ? EXIT.usage : EXIT.unexpected;
  if (name === "ExchangeError") return code === "BAD_REQUEST" || code === "NO_METRIC" ? EXIT.usage : EXIT.unexpected;
  return EXIT.unexpected;
}
