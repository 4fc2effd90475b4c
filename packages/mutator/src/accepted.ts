import { mismatch } from "./errors.ts";
import type { Mutation } from "./mutation.ts";
import { show } from "./show.ts";
import type { Configuration } from "./value.ts";

/** Says whether a configuration may be used. */
export type Predicate = (configuration: Configuration) => boolean;

/** The candidates that a predicate accepts; given up after `maxAttempts` rejections in a row. */
export function* accepted(
  candidates: Iterable<Mutation>,
  predicate: Predicate,
  maxAttempts: number,
): Generator<Mutation, void> {
  let rejections = 0;
  for (const mutation of candidates) {
    if (isAccepted(mutation, predicate)) {
      rejections = 0;
      yield mutation;
    } else if (++rejections === maxAttempts) {
      throw mismatch("TOO_MANY_REJECTIONS", "something the predicate accepts", `${rejections} rejections in a row`);
    }
  }
}

function isAccepted(mutation: Mutation, predicate: (configuration: Configuration) => unknown): boolean {
  let found: string;
  let options: ErrorOptions | undefined;
  try {
    const answer = predicate(mutation.configuration);
    if (typeof answer === "boolean") return answer;
    found = answer instanceof Promise ? "a promise" : show(answer);
  } catch (cause) {
    found = `an error: ${cause instanceof Error ? cause.message : show(cause)}`;
    options = { cause };
  }
  throw mismatch("BAD_PREDICATE", `true or false from the predicate for ${mutation.key}`, found, options);
}
