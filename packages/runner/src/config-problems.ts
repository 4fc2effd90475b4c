import type { z } from "zod";
import type { Problem } from "./errors.ts";
import { suggestion } from "./nearest.ts";

/** What a file's schema knows about itself, for messages. */
export interface ConfigShape {
  /** Keys that are valid at a path. */
  readonly validKeys: (path: readonly PropertyKey[]) => readonly string[];
  /** Keys of other tools and times, and what they are called here. */
  readonly renamed?: Readonly<Record<string, string>>;
}

/** What zod found, as problems that name path, expected, found and the nearest valid name. */
export function configProblems(file: string, issues: readonly z.core.$ZodIssue[], shape: ConfigShape): Problem[] {
  return issues.flatMap((issue) => problemsOf(issue, shape).map((problem) => ({ file, ...problem })));
}

function problemsOf(issue: z.core.$ZodIssue, shape: ConfigShape): Omit<Problem, "file">[] {
  const path = pathText(issue.path);
  const found = show(issue.input);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const renamed = shape.renamed?.[key];
        const hint = renamed ? `; it is called "${renamed}"` : suggestion(key, shape.validKeys(issue.path));
        return { path: pathText([...issue.path, key]), message: `unknown key "${key}"${hint}` };
      });
    case "invalid_type":
      return [{ path, message: `expected ${issue.expected}, found ${found}` }];
    case "invalid_value": {
      const values = issue.values.map(String);
      const hint = typeof issue.input === "string" ? suggestion(issue.input, values) : "";
      return [{ path, message: `expected ${values.join(" | ")}, found ${found}${hint}` }];
    }
    case "invalid_union":
      return unionProblems(issue, path, found);
    case "custom":
      return [{ path, message: issue.message }];
    default:
      return [{ path, message: `${issue.message}, found ${found}` }];
  }
}

function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: string, found: string): Omit<Problem, "file">[] {
  const expected = issue.errors.flatMap((errors) =>
    errors.map((inner) => (inner.code === "invalid_type" && inner.path.length === 0 ? inner.expected : inner.message)),
  );
  return [{ path, message: `expected ${[...new Set(expected)].join(", or ")}, found ${found}` }];
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
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
