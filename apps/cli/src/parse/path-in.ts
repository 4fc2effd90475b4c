import { UsageError } from "../usage-error.ts";

/** The one word after the `words` of the command, also behind `--`; yargs makes an empty text of `-`. */
export function pathIn(
  { path, _: all }: { readonly path: string | undefined; readonly _: readonly unknown[] },
  args: readonly string[],
  words = 1,
): string | undefined {
  const [found, ...more] = [path, ...all.slice(words).map(String)].filter((word) => word !== undefined);
  if (more.length > 0) throw new UsageError(`expected one file or directory, found also ${more.join(" ")}`);
  return found === "" && args.includes("-") ? "-" : found;
}
