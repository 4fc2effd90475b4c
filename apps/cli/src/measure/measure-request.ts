import { resolve } from "node:path";
import { configError, type Problem } from "@ea/runner";
import type { MeasureFlags } from "./measure-options.ts";

const MOST_RUNS = 100_000;

/** A command to be measured. */
export interface Subject {
  /** As one types it; unique among the subjects. */
  readonly label: string;
  readonly argv: readonly [file: string, ...args: string[]];
}

/** What `ea measure` is asked for. */
export interface MeasureRequest {
  readonly subjects: readonly Subject[];
  readonly runs: number;
  readonly warmup: number;
  /** Whether the commands write to our stdout and stderr. */
  readonly isOutputShown: boolean;
  /** Whether the command reads our stdin: only one run can. */
  readonly isInputPassed: boolean;
  readonly ignoresFailure: boolean;
  readonly isJson: boolean;
  readonly csvFile: string | undefined;
  readonly keepDirectory: string | undefined;
}

/**
 * The request behind the arguments.
 *
 * @param argv what stands after `--`, `undefined` when there is no `--`.
 * @throws {RunnerError} `CONFIG` naming everything that cannot be used.
 */
export function measureRequest(
  flags: MeasureFlags,
  argv: readonly string[] | undefined,
  workingDirectory: string,
): MeasureRequest {
  const problems: Problem[] = [];
  const subjects = subjectsOf(flags.commands ?? [], argv, problems);
  const runs = integer("runs", flags.runs, { least: 1, absent: 1 }, problems);
  const warmup = integer("warmup", flags.warmup, { least: 0, absent: 0 }, problems);
  if (problems.length > 0) throw configError(problems);
  const isSingle = subjects.length === 1 && runs === 1 && warmup === 0;
  const path = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : resolve(workingDirectory, name);
  return {
    subjects,
    runs,
    warmup,
    isOutputShown: flags["show-output"] ?? isSingle,
    isInputPassed: isSingle,
    ignoresFailure: flags["ignore-failure"] === true,
    isJson: flags.json === true,
    csvFile: path(flags["export-csv"]),
    keepDirectory: path(flags.keep),
  };
}

function subjectsOf(
  lines: readonly string[],
  argv: readonly string[] | undefined,
  problems: Problem[],
): readonly Subject[] {
  const refuse = (message: string): readonly Subject[] => {
    problems.push({ file: undefined, path: "", message });
    return [];
  };
  if (argv && lines.length > 0)
    return refuse(`expected one command after --, or command lines before it, found both: "${lines[0]}"`);
  const [file, ...args] = argv ?? [];
  if (file !== undefined && file !== "") return [{ label: shellWords([file, ...args]), argv: [file, ...args] }];
  if (lines.length === 0)
    return refuse("expected a command: ea measure -- COMMAND ARGUMENT…, or ea measure 'COMMAND LINE' …");
  if (lines.some((line) => line.trim() === "")) return refuse('expected a command line, found ""');
  return lines.map((line, index) => {
    const isRepeated = lines.indexOf(line) !== index;
    return { label: isRepeated ? `${line} (${index + 1})` : line, argv: ["sh", "-c", line] };
  });
}

function integer(
  flag: string,
  given: string | undefined,
  { least, absent }: { readonly least: 0 | 1; readonly absent: number },
  problems: Problem[],
): number {
  if (given === undefined) return absent;
  const value = /^\d+$/.test(given.trim()) ? Number(given) : Number.NaN;
  if (value >= least && value <= MOST_RUNS) return value;
  const kind = least === 1 ? "a positive integer" : "an integer of at least 0";
  const expected = value > MOST_RUNS ? `${kind} up to ${MOST_RUNS}` : kind;
  problems.push({ file: undefined, path: `--${flag}`, message: `expected ${expected}, found "${given}"` });
  return absent;
}

/** Arguments as one would type them in a shell. */
export function shellWords(argv: readonly string[]): string {
  const quoted = (word: string): string =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
  return argv.map(quoted).join(" ");
}
