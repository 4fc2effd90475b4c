const BLOCKS = { unicode: "▁▂▃▄▅▆▇█", ascii: "_.-=+*#@" };
const FILLED = { unicode: ["█", "░"], ascii: ["#", "."] } as const;

/** Values from zero on as a row of small bars, the highest one full; the latest `width` of them. */
export function sparkline(values: readonly number[], width: number, isUnicode: boolean): string {
  const shown = values.slice(-width);
  const most = Math.max(...shown, Number.MIN_VALUE);
  const blocks = isUnicode ? BLOCKS.unicode : BLOCKS.ascii;
  return shown.map((value) => blocks[Math.min(blocks.length - 1, Math.floor((value / most) * blocks.length))]).join("");
}

/** How much of a whole is done. */
export function progressBar(share: number, width: number, isUnicode: boolean): string {
  const [full, empty] = isUnicode ? FILLED.unicode : FILLED.ascii;
  const filled = Math.round(Math.min(1, Math.max(0, share)) * width);
  return `${full.repeat(filled)}${empty.repeat(width - filled)}`;
}
