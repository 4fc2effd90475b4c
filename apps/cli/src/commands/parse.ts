import { resolve } from "node:path";
import { MetricPattern, type MetricPatterns } from "@ea/metrics-parser";
import { configError } from "@ea/runner";
import { EXIT } from "../exit-codes.ts";
import { configuredRepository } from "../parse/configured-repository.ts";
import { refusal } from "../parse/input-error.ts";
import { parseDirectory } from "../parse/parse-directory.ts";
import { type Document, type ParseRequest, parseFile } from "../parse/parse-file.ts";
import { openInput } from "../parse/parse-input.ts";
import type { ParseFlags } from "../parse/parse-options.ts";
import { parseText } from "../parse/parse-text.ts";
import type { Terminal } from "../terminal.ts";

/** `ea parse`: statistics and metrics from raw files. */
export async function parse(given: ParseFlags, terminal: Terminal): Promise<number> {
  const { path, flags } = withPath(given);
  const request = await requestOf(flags, terminal);
  let document: Document;
  try {
    const input = await openInput(path, terminal.workingDirectory);
    if (input === "directory") {
      const kind = request.kind ?? (request.patterns && "log");
      if (kind !== undefined) throw usage(path, `expected a file for ${kind}, found a directory`);
      document = await parseDirectory(resolve(terminal.workingDirectory, path), path);
    } else document = await parseFile(input, request);
  } catch (error) {
    throw refusal(path === "-" ? "stdin" : path, error);
  }
  terminal.out(flags.json ? `${JSON.stringify(document, undefined, 2)}\n` : parseText(document));
  return EXIT.ok;
}

/** `--column a b FILE`: the list ends with the file when no other one is given. */
function withPath(flags: ParseFlags): { readonly path: string; readonly flags: ParseFlags } {
  if (flags.path !== undefined && flags.path !== "") return { path: flags.path, flags };
  for (const name of ["column", "pattern"] as const) {
    const values = flags[name] ?? [];
    const path = values.at(-1);
    if (path !== undefined && values.length > 1) return { path, flags: { ...flags, [name]: values.slice(0, -1) } };
  }
  throw usage("ea parse", "expected a file, a directory, or - for stdin, found none");
}

async function requestOf(flags: ParseFlags, terminal: Terminal): Promise<ParseRequest> {
  const { as: kind, column: columns, pattern, repo, model } = flags;
  if (columns && kind !== undefined && kind !== "csv")
    throw usage("--column", `expected with a CSV, found --as ${kind}`);
  if (pattern && repo !== undefined) throw usage("--pattern", "expected not both --pattern and --repo");
  if (model !== undefined && repo === undefined) throw usage("--model", "expected together with --repo");
  const patternFlag = pattern ? "--pattern" : repo === undefined ? undefined : "--repo";
  if (patternFlag && columns) throw usage(patternFlag, "expected not together with --column");
  if (patternFlag && kind !== undefined && kind !== "log")
    throw usage(patternFlag, `expected with a log, found --as ${kind}`);
  const patterns = pattern
    ? patternsOf(pattern)
    : repo === undefined
      ? undefined
      : (await configuredRepository({ ...flags, repo }, terminal)).performance_metrics.log_patterns;
  return { kind: kind ?? (columns ? "csv" : patterns && "log"), columns, patterns };
}

function patternsOf(texts: readonly string[]): MetricPatterns {
  const patterns = new Map<string, MetricPattern>();
  for (const text of texts) {
    const [, name = "", pattern] = /^([^=]+)=([\s\S]+)$/.exec(text) ?? [];
    if (pattern === undefined) throw usage("--pattern", `expected name=REGEX, found ${JSON.stringify(text)}`);
    if (patterns.has(name)) throw usage("--pattern", `expected each name once, found "${name}" again`);
    patterns.set(name, MetricPattern.parse(pattern));
  }
  return Object.fromEntries(patterns);
}

function usage(path: string, message: string): Error {
  return configError([{ file: undefined, path, message }]);
}
