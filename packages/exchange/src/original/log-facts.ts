import type { FailureClass, ImportedJson } from "@ea/records";

/** What the log of a training tells. */
export interface LogFacts {
  /** Name of the file. */
  readonly file: string;
  readonly failure: { readonly failureClass: FailureClass; readonly line: number; readonly text: string } | undefined;
  readonly echoed: ImportedJson["echoed"];
}
