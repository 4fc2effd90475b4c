/** Colours of charts; chosen so that marks and text keep their contrast, and told apart by colour-blind readers. */
export interface Theme {
  readonly name: "light" | "dark";
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** Ordinary points. */
  readonly dot: string;
  /** What stands out: the Pareto front, the selected. */
  readonly accent: string;
  /** Cool to warm for three series beside each other. */
  readonly series: readonly [string, string, string];
  /** For further lines beside those three. */
  readonly more: readonly [string, string, string];
  /** Ends of the scale from little to much energy. */
  readonly scale: readonly [string, string];
}

/** The two themes. */
export const THEMES: { readonly light: Theme; readonly dark: Theme } = {
  light: {
    name: "light",
    background: "#ffffff",
    ink: "#1f2328",
    muted: "#5b6470",
    grid: "#e6e8eb",
    dot: "#5f7896",
    accent: "#c2410c",
    series: ["#2f6db5", "#b54708", "#3b7a57"],
    more: ["#7a4fa3", "#0f7480", "#8a6d1d"],
    scale: ["#c3d7ee", "#0b3a75"],
  },
  dark: {
    name: "dark",
    background: "#15181d",
    ink: "#e6e8eb",
    muted: "#a3abb6",
    grid: "#2b3038",
    dot: "#8fa3bd",
    accent: "#ff9d66",
    series: ["#79b4f2", "#f0a35e", "#7cc79a"],
    more: ["#c3a0e8", "#6cc5cf", "#d3b660"],
    scale: ["#27425f", "#b3d6ff"],
  },
};

/** A colour between two, `share` of the way from the first (0) to the second (1). */
export function between([first, second]: readonly [string, string], share: number): string {
  const channel = (colour: string, start: number): number => Number.parseInt(colour.slice(start, start + 2), 16);
  const mixed = [1, 3, 5].map((start) => {
    const value = Math.round(channel(first, start) * (1 - share) + channel(second, start) * share);
    return value.toString(16).padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}
