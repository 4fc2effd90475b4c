import { MetricsParserError } from "./errors.ts";

const DELIMITERS = [",", ";", "\t"] as const;

/**
 * What separates the cells of a header line: the one of comma, semicolon and tab that stands outside of its quotes; a comma
 * where there is only one column.
 *
 * @throws MetricsParserError `BAD_CSV` when it may be several
 */
export function detectDelimiter(header: string): string {
  const bare = header.replace(/"(?:[^"]|"")*"?/g, "");
  const [delimiter = ",", ...others] = DELIMITERS.filter((character) => bare.includes(character));
  if (others.length === 0) return delimiter;
  const found = [delimiter, ...others].map((character) => JSON.stringify(character)).join(" and ");
  throw new MetricsParserError(
    "BAD_CSV",
    `Expected a header with one kind of delimiter, found ${found}: name it with the option \`delimiter\``,
  );
}
