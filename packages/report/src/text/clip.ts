/** A text of at most so many UTF-16 units; a longer one loses its end, and no character is cut in two. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const isInside = /[\ud800-\udbff]/.test(text.charAt(length - 2));
  return `${text.slice(0, isInside ? length - 2 : length - 1)}…`;
}
