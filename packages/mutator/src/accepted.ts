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
      const expected = `the predicate to accept 1 of ${maxAttempts} configurations in a row`;
      throw mismatch("TOO_MANY_REJECTIONS", expected, "all rejected");
    }
  }
}

function isAccepted(mutation: Mutation, predicate: (configuration: Configuration) => unknown): boolean {
  const refusal = (found: string, cause?: ErrorOptions): Error =>
    mismatch("BAD_PREDICATE", `true or false from the predicate for ${mutation.key}`, found, cause);
  let answer: unknown;
  try {
    answer = predicate(mutation.configuration);
  } catch (cause) {
    throw refusal(`an error: ${cause instanceof Error ? cause.message : show(cause)}`, { cause });
  }
  if (typeof answer === "boolean") return answer;
  throw refusal(answer instanceof Promise ? "a promise" : show(answer));
}
