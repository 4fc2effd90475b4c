/** Cuts chunks of text into complete lines; what follows the last newline waits for more. */
export function lineSplitter(): (chunk: string) => readonly string[] {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    return lines.map((line) => line.replace(/\r$/, ""));
  };
}
