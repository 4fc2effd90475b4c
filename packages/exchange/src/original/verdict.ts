import type { FailureClass, Flag } from "@ea/records";
import type { LogFacts } from "./log-facts.ts";
import type { OriginalRecord } from "./original-record.ts";

/** How a run ended, as far as its log and its record tell. */
export interface Verdict {
  readonly status: "success" | "failed" | "suspect";
  readonly failureClass: FailureClass | undefined;
  /** Empty after a success. */
  readonly errorMessage: string;
  readonly flags: readonly Flag[];
  /** What it was judged by. */
  readonly provenance: string;
}

/** Judges a run by its log, and where the log says nothing against it, by what its record says. */
export function judgeRun(record: OriginalRecord | undefined, log: LogFacts | undefined): Verdict {
  const failure = log?.failure;
  if (log && failure) {
    return failed(failure.failureClass, failure.message, log.file);
  }
  if (record?.trainingSuccess === undefined) {
    const errorMessage = "whether the training ended well is not known: no record of it says so";
    return { status: "suspect", failureClass: undefined, errorMessage, flags: [], provenance: "no record" };
  }
  if (record.trainingSuccess) {
    return {
      status: "success",
      failureClass: undefined,
      errorMessage: "",
      flags: [],
      provenance: "recorded",
    };
  }
  const words = record.errorMessage ?? "failed, and the record does not say why";
  return failed(/out of memory/i.test(words) ? "oom" : "crash", words, "recorded");
}

function failed(failureClass: FailureClass, errorMessage: string, provenance: string): Verdict {
  return { status: "failed", failureClass, errorMessage, flags: [], provenance };
}
