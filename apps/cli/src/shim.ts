/** The arguments as `ea` commands: the original's bare calls (`--repo … --mutate …`, `--list`) mean `run` and `list`. */
export function withCommand(args: readonly string[]): readonly string[] {
  const [first] = args;
  if (first === undefined || !first.startsWith("-") || /^(-h|--help|--version)$/.test(first)) return args;
  const isList = args.some((arg) => arg === "-l" || arg === "--list");
  return isList ? ["list", ...args.filter((arg) => arg !== "-l" && arg !== "--list")] : ["run", ...args];
}
