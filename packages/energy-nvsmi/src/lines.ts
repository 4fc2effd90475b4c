/** Cuts chunks of text into lines. */
export interface LineSplitter {
  /** The lines that a chunk completes, without their newline. */
  (chunk: string): readonly string[];
  /** What follows the last newline so far. */
  rest(): string;
}

/** A splitter; what follows the last newline waits for more. */
export function lineSplitter(): LineSplitter {
  let rest = "";
  const split = (chunk: string): readonly string[] => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    return lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line));
  };
  return Object.assign(split, { rest: () => rest });
}
