import type { z } from "zod";
import type { Problem } from "./errors.ts";
import { nearest, suggestion } from "./nearest.ts";

/** What a file's schema knows about itself, for messages. */
export interface ConfigShape {
  /** Keys that are valid at a path. */
  readonly validKeys: (path: readonly PropertyKey[]) => readonly string[];
  /** Keys of other tools and times, and what they are called here. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** The same of values. */
  readonly renamedValues?: Readonly<Record<string, string>>;
}

/** What zod found, as problems that name path, expected, found and the nearest valid name. */
export function configProblems(file: string, issues: readonly z.core.$ZodIssue[], shape: ConfigShape): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, shape).map((problem) => ({ file, ...problem })));
}

function problemsOf(issue: z.core.$ZodIssue, shape: ConfigShape): Omit<Problem, "file">[] {
  const path = pathText(issue.path);
  const found = show(issue.input);
  // Messages of our own schemas begin like this, and most of them say what was found
  const own = issue.message.startsWith("expected ") ? issue.message : undefined;
  const complete = (message: string): string => (message.includes(", found ") ? message : `${message}, found ${found}`);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const renamed = shape.renamed && Object.hasOwn(shape.renamed, key) ? shape.renamed[key] : undefined;
        const hint = renamed ? `; it is called "${renamed}"` : suggestion(key, shape.validKeys(issue.path));
        return { path: pathText([...issue.path, key]), message: `unknown key "${key}"${hint}` };
      });
    case "invalid_type":
      return [{ path, message: complete(own ?? `expected ${issue.expected}`) }];
    case "invalid_value": {
      const values = issue.values.map(String);
      const input = typeof issue.input === "string" ? issue.input : "";
      const renamed =
        shape.renamedValues && Object.hasOwn(shape.renamedValues, input) ? shape.renamedValues[input] : undefined;
      const near = nearest(input, values);
      const hint = renamed ? `; it is called "${renamed}"` : near === undefined ? "" : `; did you mean "${near}"?`;
      return [{ path, message: `${complete(own ?? `expected ${values.join(" | ")}`)}${hint}` }];
    }
    case "invalid_union":
      return unionProblems(issue, shape, found);
    default:
      return [{ path, message: complete(issue.message) }];
  }
}

/** The problems of the alternative that was meant, if its type tells, else the types of all. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  shape: ConfigShape,
  found: string,
): Omit<Problem, "file">[] {
  const isOfOtherType = (inner: z.core.$ZodIssue): boolean => inner.code === "invalid_type" && inner.path.length === 0;
  const meant = issue.errors.find((errors) => !errors.some(isOfOtherType));
  if (meant) return meant.flatMap((inner) => problemsOf({ ...inner, path: [...issue.path, ...inner.path] }, shape));
  const expected = issue.errors.flat().map((inner) => (inner.code === "invalid_type" ? inner.expected : inner.message));
  return [{ path: pathText(issue.path), message: `expected ${[...new Set(expected)].join(", or ")}, found ${found}` }];
}

/** `models.digits.models[0]` */
export function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const part of path) text += typeof part === "number" ? `[${part}]` : `${text === "" ? "" : "."}${String(part)}`;
  return text;
}

/** A value as it is shown in a message, cut to a readable length. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON has no infinity, but 1e999 is read as one
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? typeof value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
