const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** Control characters and lone surrogates: HTML has no way to write them. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Text as it may stand in HTML, also inside quotes; a line break stays, what HTML cannot have becomes �. */
export function escapeHtml(text: string): string {
  return text
    .replace(UNPRINTABLE, (character) => (/[\t\n\r]/.test(character) ? character : "\ufffd"))
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
