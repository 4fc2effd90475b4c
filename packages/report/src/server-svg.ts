import { init } from "./charts.ts";
import { compactSvg } from "./compact-svg.ts";
import type { Figure } from "./figures/figure.ts";
import type { Theme } from "./theme.ts";

/** Width of a chart that is drawn without a browser: that of a page. */
const PAGE_WIDTH = 900;

/** A chart as SVG, drawn without a browser; the same figure always gives the same text. */
export function figureSvg(
  figure: Figure,
  theme: Theme,
  options: { readonly id: string; readonly background?: string },
): string {
  const width = Math.max(PAGE_WIDTH, figure.minWidth);
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height: figure.height(width) });
  try {
    const option = figure.option({ theme, width });
    chart.setOption(options.background === undefined ? option : { ...option, backgroundColor: options.background });
    const svg = chart.renderToSVGString();
    // Ids count up over the life of a process
    return compactSvg(svg.replace(/zr\d+-/g, `${options.id}-`));
  } finally {
    chart.dispose();
  }
}
