import { createContext, Script } from "node:vm";

const script = new Script("run()");
const context = createContext({ run: undefined });

/**
 * Runs `run` in this thread and breaks it off after `limitMs`, also in the middle of a regular expression; returns
 * whether it came to its end. It costs 0.1 ms.
 */
export function withinTime(limitMs: number, run: () => void): boolean {
  context["run"] = run;
  try {
    script.runInContext(context, { timeout: limitMs });
    return true;
  } catch (error) {
    if (isTimeout(error)) return false;
    throw error;
  } finally {
    context["run"] = undefined;
  }
}

/** The error is of the context's own class. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === "object" && error !== null && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT"
  );
}
