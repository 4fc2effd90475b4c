import { UsageError } from "../usage-error.ts";

/** The one word after the command, also behind `--`; yargs makes an empty text of `-`. */
export function pathIn(
  { path, _: words }: { readonly path: string | undefined; readonly _: readonly unknown[] },
  args: readonly string[],
): string | undefined {
  const [found, ...more] = [path, ...words.slice(1).map(String)].filter((word) => word !== undefined);
  if (more.length > 0) throw new UsageError(`expected one file or directory, found also ${more.join(" ")}`);
  return found === "" && args.includes("-") ? "-" : found;
}
