/**
 * The arguments as `ea` commands: the original's bare calls (`--repo … --mutate …`, `--list`) mean `run` and `list`, and
 * `help COMMAND` is its `--help`.
 */
export function withCommand(args: readonly string[]): readonly string[] {
  const [first, topic] = args;
  if (first === "help" && topic === undefined) return ["--help"];
  if (first === "help" && topic !== "exit-codes" && !topic?.startsWith("-")) return [...args.slice(1), "--help"];
  if (first === undefined || !first.startsWith("-") || /^(-h|--help|--version)$/.test(first)) return args;
  const isList = args.some((arg) => arg === "-l" || arg === "--list");
  return isList ? ["list", ...args.filter((arg) => arg !== "-l" && arg !== "--list")] : ["run", ...args];
}

/** `measure` and what stands before the first `--`, and what stands after it; yargs would change numbers among the latter. */
export function cutAtDashes(
  args: readonly string[],
): readonly [own: readonly string[], rest: readonly string[] | undefined] {
  const dashes = args[0] === "measure" ? args.indexOf("--") : -1;
  return dashes < 0 ? [args, undefined] : [args.slice(0, dashes), args.slice(dashes + 1)];
}
