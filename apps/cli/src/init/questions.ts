import { createInterface } from "node:readline/promises";

/** Asks somebody at a terminal, one question after the other. */
export interface Questions {
  /** The answer without blanks around it; nothing is the proposal. Rejects with an `Unanswered` after Ctrl-C or Ctrl-D. */
  readonly ask: (question: string, proposal?: string) => Promise<string>;
  /** Gives the terminal back as it was. */
  readonly close: () => void;
}

/** Thrown when somebody ends the questions. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

/** Questions on stderr, answers from stdin. */
export function openQuestions(): Questions {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new AbortController();
  lines.on("SIGINT", () => ended.abort());
  lines.on("close", () => ended.abort());
  return {
    async ask(question, proposal) {
      const shown = proposal === undefined ? question : `${question} [${proposal}]`;
      try {
        const answer = (await lines.question(`${shown}: `, { signal: ended.signal })).trim();
        return answer === "" ? (proposal ?? "") : answer;
      } catch (cause) {
        throw ended.signal.aborted ? new Unanswered("no answer", { cause }) : cause;
      }
    },
    close: () => lines.close(),
  };
}
