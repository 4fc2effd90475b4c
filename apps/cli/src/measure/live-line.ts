import type { TrackedPower } from "@ea/energy";
import { seconds } from "../format.ts";

/** The display runs on the machine that is measured: no more than once a second. */
const INTERVAL_MS = 1000;
const CLEAR = "\r\x1b[K";

/** A line is cut where the terminal ends: what stands here comes first, in this order. */
const FIRST = ["gpu", "cpu_package", "dram"];

/** Shows one line that is written anew each second, until the returned function clears it. */
export function showLiveLine(columns: number, write: (text: string) => void, line: () => string): () => void {
  let isShown = false;
  const timer = setInterval(() => {
    write(`${CLEAR}${line().slice(0, Math.max(0, columns - 1))}`);
    isShown = true;
  }, INTERVAL_MS);
  return () => {
    clearInterval(timer);
    if (isShown) write(CLEAR);
  };
}

/** `sleep 10  run 2/5  3.0 s  cpu_package 20.1 W ~60 J`: how a run stands. */
export function liveText(
  run: { readonly label: string; readonly number: string; readonly elapsedSeconds: number },
  powers: readonly TrackedPower[],
): string {
  const ordered = [...FIRST.flatMap((first) => powers.filter(({ name }) => name === first)), ...powers];
  const figures = [...new Set(ordered)].map(({ name, lastWatts, roughJoules }) => {
    return `${name} ${lastWatts.toFixed(1)} W ~${Math.round(roughJoules)} J`;
  });
  // Not to be cut off: what matters stands first
  return [run.number, seconds(run.elapsedSeconds), ...figures, run.label].join("  ");
}
