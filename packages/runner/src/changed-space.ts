import { Parameter, parameterFields, Space } from "@ea/mutator";
import { configProblems, pathText } from "./config-problems.ts";
import type { Problem } from "./errors.ts";
import type { RepositoryConfig } from "./models-config.ts";
import { suggestion } from "./nearest.ts";

/**
 * A repository's config with another space: fields of a change replace those of the parameters, its constraints come on
 * top. A change has either form of a space: `{ "epochs": { "range": [1, 5] } }` or `{ "parameters": …, "constraints": … }`.
 */
export function changeSpace(
  config: RepositoryConfig,
  change: Readonly<Record<string, unknown>>,
): { readonly config: RepositoryConfig } | { readonly problems: readonly Pick<Problem, "path" | "message">[] } {
  const { supported_hyperparams: known } = config;
  const isFull = ["parameters", "constraints"].some((key) => Object.hasOwn(change, key) && !Object.hasOwn(known, key));
  const { parameters: changes = {}, constraints = [], ...unknown } = isFull ? change : { parameters: change };
  const prefix = isFull ? ["parameters"] : [];
  const problems: Pick<Problem, "path" | "message">[] = Object.keys(unknown).map((key) => {
    return { path: key, message: `unknown key "${key}"; valid: parameters, constraints` };
  });
  if (!isRecord(changes))
    problems.push({ path: pathText(prefix), message: "expected an object of parameters by name" });
  const parameters = { ...known };
  for (const [name, fields] of isRecord(changes) ? Object.entries(changes) : []) {
    const standing = Object.hasOwn(known, name) ? known[name] : undefined;
    const path = pathText([...prefix, name]);
    if (!standing) {
      problems.push({ path, message: `unknown hyperparameter "${name}"${suggestion(name, Object.keys(known))}` });
    } else if (isRecord(fields)) {
      const result = Parameter.safeParse({ ...standing, ...fields }, { reportInput: true });
      if (result.success) parameters[name] = result.data;
      const issues = (result.error?.issues ?? []).map((issue) => ({
        ...issue,
        path: [...prefix, name, ...issue.path],
      }));
      problems.push(...configProblems("", issues, { validKeys: () => parameterFields }));
    } else {
      problems.push({ path, message: 'expected an object such as { "range": [1, 5] }' });
    }
  }
  if (problems.length > 0) return { problems };
  const result = Space.safeParse({ parameters, constraints: [...config.constraints, ...list(constraints)] });
  if (!result.success) {
    return { problems: result.error.issues.map(({ path, message }) => ({ path: pathText(path), message })) };
  }
  return { config: { ...config, supported_hyperparams: parameters, constraints: [...result.data.constraints] } };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
