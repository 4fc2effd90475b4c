const LONGEST = 200;

/** Shows what was found in an error message, whatever it is, in at most about 200 characters. */
export function show(found: unknown): string {
  const text = spell(found);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function spell(found: unknown): string {
  if (Array.isArray(found)) return `[${found.map(spell).join(", ")}]`;
  if (typeof found === "string") return JSON.stringify(found);
  if (found === undefined) return "nothing";
  if (found === null || typeof found === "number" || typeof found === "boolean" || typeof found === "bigint")
    return String(found);
  return typeof found === "object" ? "an object" : `a ${typeof found}`;
}

/** What messages about input say. */
export function complaint(expected: string, found: unknown): string {
  return `expected ${expected}, found ${show(found)}`;
}
