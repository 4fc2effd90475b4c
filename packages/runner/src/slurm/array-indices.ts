/** Indices as Slurm writes them: `0-3,7`. */
export function indicesText(indices: readonly number[]): string {
  const parts: string[] = [];
  const sorted = indices.toSorted((a, b) => a - b);
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    parts.push(start === end ? `${sorted[start]}` : `${sorted[start]}-${sorted[end]}`);
    start = end + 1;
  }
  return parts.join(",");
}

/** What `0-3,7`, `0-9:3` or `4-9%2` stand for. */
export function expandIndices(text: string): readonly number[] {
  return (text.split("%")[0] ?? "").split(",").flatMap((part) => {
    const [, first, last = first, step = "1"] = /^(\d+)(?:-(\d+))?(?::(\d+))?$/.exec(part) ?? [];
    if (first === undefined) return [];
    const count = Math.floor((Number(last) - Number(first)) / Number(step)) + 1;
    return Array.from({ length: Math.max(0, count) }, (_, each) => Number(first) + each * Number(step));
  });
}
