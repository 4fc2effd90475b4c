import type { ProposedParameter } from "./propose-parameter.ts";

/** What somebody answers about a hyperparameter: another domain, that it stays as it is, or why that cannot be. */
export type AnsweredParameter =
  | { readonly parameter: ProposedParameter }
  | { readonly isLeftOut: true }
  | { readonly problem: string };

/** The domain of a proposal in the words in which an answer gives it; `undefined` where it has none to be changed. */
export function domainText({ range, choices }: ProposedParameter): string | undefined {
  if (Array.isArray(range)) return range.join(" to ");
  return Array.isArray(choices) ? choices.map(String).join(", ") : undefined;
}

/** A proposal after an answer: nothing keeps it, `-` leaves it out, else a range (`0.001 to 0.1`) or values (`16, 32, 64`). */
export function answerParameter(answer: string, proposed: ProposedParameter): AnsweredParameter {
  const text = answer.trim();
  if (text === "") return { parameter: proposed };
  if (text === "-") return { isLeftOut: true };
  if (Array.isArray(proposed["choices"])) return answerChoices(text, proposed, proposed["choices"]);
  if (!Array.isArray(proposed["range"])) return { problem: `expected nothing or -, found "${text}"` };
  const parts = text.split(/\s*(?:\.\.|,|\bto\b)\s*|\s+/);
  const [low = Number.NaN, high = Number.NaN] = parts.map(numberOf);
  const isInt = proposed["type"] === "int";
  const isRange = parts.length === 2 && low < high && (!isInt || [low, high].every(Number.isSafeInteger));
  if (isRange) return { parameter: { ...proposed, range: [low, high] } };
  return { problem: `expected two ${isInt ? "whole " : ""}numbers such as ${domainText(proposed)}, found "${text}"` };
}

function answerChoices(text: string, proposed: ProposedParameter, before: readonly unknown[]): AnsweredParameter {
  const words = text.split(/\s*,\s*/).filter((word) => word !== "");
  const areNumbers = before.every((choice) => typeof choice === "number");
  const choices = areNumbers ? words.map(numberOf) : words;
  if (choices.some(Number.isNaN)) return { problem: `expected numbers such as ${before.join(", ")}, found "${text}"` };
  return { parameter: { ...proposed, choices } };
}

function numberOf(text: string): number {
  return text === "" ? Number.NaN : Number(text);
}
