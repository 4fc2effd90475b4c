import { MutatorError } from "./errors.ts";
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
      throw new MutatorError(
        "TOO_MANY_REJECTIONS",
        `Expected the predicate to accept 1 of ${maxAttempts} configurations in a row, found all rejected`,
      );
    }
  }
}

function isAccepted(mutation: Mutation, predicate: (configuration: Configuration) => unknown): boolean {
  const answer = answerOf(mutation, predicate);
  if (typeof answer === "boolean") return answer;
  const found = answer instanceof Promise ? "a promise" : show(answer);
  throw new MutatorError(
    "BAD_PREDICATE",
    `Expected true or false from the predicate for ${mutation.key}, found ${found}`,
  );
}

function answerOf(mutation: Mutation, predicate: (configuration: Configuration) => unknown): unknown {
  try {
    return predicate(mutation.configuration);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : show(cause);
    throw new MutatorError(
      "BAD_PREDICATE",
      `Expected true or false from the predicate for ${mutation.key}, found an error: ${why}`,
      { cause },
    );
  }
}
