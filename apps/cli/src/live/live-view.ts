import stringWidth from "string-width";

/** The display runs on the machine that is measured: no more than once a second. */
const INTERVAL_MS = 1000;

/** A block of lines at the bottom of a terminal that is written anew each second; what is printed scrolls above it. */
export interface LiveView {
  readonly print: (text: string) => void;
  /** Wipes the block away. The cursor was never hidden, so that no way out can leave it so. */
  readonly close: () => void;
}

/** Starts a display. */
export function liveView({
  write,
  columns,
  block,
}: {
  readonly write: (text: string) => void;
  /** Asked before each write: a window may have changed. */
  readonly columns: () => number;
  readonly block: () => readonly string[];
}): LiveView {
  let shown: readonly string[] = [];
  /** Up to the first line of the block, which a narrower window may have wrapped, and everything below it away. */
  const wipe = (): string => {
    if (shown.length === 0) return "";
    const width = Math.max(1, columns());
    const lines = shown.reduce((sum, line) => sum + Math.max(1, Math.ceil(stringWidth(line) / width)), 0);
    return `\r\x1b[${lines}A\x1b[J`;
  };
  const draw = (above: string, next: readonly string[]): void => {
    write(`${wipe()}${above}${next.map((line) => `${line}\n`).join("")}`);
    shown = next;
  };
  const timer = setInterval(() => draw("", block()), INTERVAL_MS);
  timer.unref();
  return {
    print: (text) => draw(text, shown),
    close: () => {
      clearInterval(timer);
      if (shown.length > 0) write(wipe());
      shown = [];
    },
  };
}
