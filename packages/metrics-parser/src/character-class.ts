import { ANY_CHARACTER, type Category, categoryOf, categoryText, literalText, readEscape } from "./character-escape.ts";
import type { PatternReader } from "./pattern-reader.ts";

type Item =
  | { readonly codePoint: number; readonly text: string }
  | { readonly category: Category; readonly text: string };

/** Reads a Python `[…]` whose bracket was just taken, and returns JavaScript for the same characters. */
export function readCharacterClass(reader: PatternReader): string {
  const negated = reader.accept("^");
  const start = reader.position;
  const inside: string[] = [];
  const complements: string[] = [];
  while (reader.peek() !== "]" || reader.position === start) {
    const from = readItem(reader);
    if (reader.peek() === "-" && reader.peek(1) !== "]") {
      reader.take();
      inside.push(rangeText(reader, from, readItem(reader)));
    } else if (!("category" in from)) inside.push(literalText(from.codePoint));
    else if (from.category.complement) complements.push(categoryText(from.category));
    else inside.push(from.category.set);
  }
  reader.take();
  if (complements.length === 0) return `[${negated ? "^" : ""}${inside.join("")}]`;
  // Node 20 knows nested sets (flag v), but its V8 loses negations of them under a quantifier
  const union = [...(inside.length > 0 ? [`[${inside.join("")}]`] : []), ...complements].join("|");
  return negated ? `(?:(?!${union})${ANY_CHARACTER})` : `(?:${union})`;
}

function readItem(reader: PatternReader): Item {
  const text = reader.take();
  if (text === "") throw reader.error(`the character set is not closed by "]"`);
  if (text !== "\\") return { codePoint: text.codePointAt(0) ?? 0, text };
  const letter = reader.peek();
  const category = categoryOf(letter);
  if (category !== undefined) return { category, text: `\\${reader.take()}` };
  if (letter === "b") {
    reader.take();
    return { codePoint: 8, text: "\\b" };
  }
  const octal = reader.takeWhile(/^[0-7]$/, 3);
  if (octal !== "") {
    const codePoint = Number.parseInt(octal, 8);
    if (codePoint > 0o377) throw reader.error(`the octal escape \\${octal} is above \\377`);
    return { codePoint, text: `\\${octal}` };
  }
  const codePoint = readEscape(reader);
  return { codePoint, text: `\\${letter}` };
}

function rangeText(reader: PatternReader, from: Item, to: Item): string {
  if ("category" in from || "category" in to || to.codePoint < from.codePoint) {
    throw reader.error(`${from.text}-${to.text} is no character range`);
  }
  return `${literalText(from.codePoint)}-${literalText(to.codePoint)}`;
}
