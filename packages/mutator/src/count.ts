import { mismatch } from "./errors.ts";
import { show } from "./show.ts";

/**
 * Returns a count as it is, once it is known to be one; `name` says in the message whose it is.
 * @throws MutatorError `BAD_COUNT` for 0, negative, fractional and non-finite numbers.
 */
export function checkedCount(name: string, count: number): number {
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw mismatch("BAD_COUNT", `${name} to be a positive integer`, show(count));
}
