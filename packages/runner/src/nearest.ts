import { distance } from "fastest-levenshtein";

/** The candidate most like `name`, if it is like it at all; letter case does not count. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase();
  let best: { candidate: string; edits: number } | undefined;
  for (const candidate of candidates) {
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { candidate, edits };
  }
  // Short names: two edits make any two letters of any others
  const isLike =
    best &&
    best.edits <= Math.max(2, Math.floor(name.length / 3)) &&
    best.edits < Math.max(name.length, best.candidate.length);
  if (isLike) return best?.candidate;
  const isPart = (part: string, whole: string): boolean => part.length >= 3 && whole.includes(part);
  return candidates.find((candidate) => {
    const known = candidate.toLowerCase();
    return isPart(wanted, known) || isPart(known, wanted);
  });
}

/** `; did you mean "x"?`, or the valid names when none is near. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  if (near !== undefined) return `; did you mean "${near}"?`;
  return candidates.length > 0 ? `; valid: ${candidates.join(", ")}` : "";
}
