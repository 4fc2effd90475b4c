/** A text of at most so many code points; one that was longer ends in `…`. */
export function cutText(text: string, longest: number): string {
  const characters = Array.from(text);
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}
