import { init } from "../charts.ts";
import type { Figure } from "../figures/figure.ts";
import type { Theme } from "../theme.ts";
import { find, make } from "./page.ts";

type Chart = ReturnType<typeof init>;

/** A figure of the page that can be drawn again. */
export interface FigureView {
  /** Draws, at once when it is in sight, else when it comes there. */
  readonly show: (figure: Figure) => void;
  /** Draws again what was shown last, for another theme or width. */
  readonly redraw: () => void;
}

/** How far below the window a chart is drawn already. */
const AHEAD = "600px";

/** Takes over a figure that was drawn before; `onDrawn` has its chart after each drawing. */
export function figureView(
  element: HTMLElement,
  theme: () => Theme,
  onDrawn: (chart: Chart, isNew: boolean) => void = () => undefined,
): FigureView {
  const canvas = find(".canvas", element);
  let chart: Chart | undefined;
  let figure: Figure | undefined;
  let isInSight = false;
  let isStale = false;
  const draw = (): void => {
    if (!figure) return;
    isStale = !isInSight;
    if (isStale) return;
    const width = Math.max(figure.minWidth, find(".frame", element).clientWidth);
    const height = figure.height(width);
    const isNew = chart === undefined;
    if (!chart) {
      canvas.replaceChildren();
      canvas.classList.remove("drawn-before");
    }
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    chart ??= init(canvas, null, { renderer: "svg", width, height });
    chart.resize({ width, height });
    chart.setOption(figure.option({ theme: theme(), width }), true);
    // On paper the drawing shrinks with its frame, whose width is not known before
    canvas.querySelector("svg")?.setAttribute("viewBox", `0 0 ${width} ${height}`);
    onDrawn(chart, isNew);
  };
  new IntersectionObserver(
    (entries) => {
      isInSight = entries.at(-1)?.isIntersecting ?? false;
      if (isInSight && isStale) draw();
    },
    { rootMargin: AHEAD },
  ).observe(element);
  // Paper has everything in sight
  addEventListener("beforeprint", () => {
    isInSight = true;
    draw();
  });
  return {
    show: (next) => {
      if (figure && next !== figure) words(element, next);
      figure = next;
      draw();
    },
    redraw: draw,
  };
}

/** Title, finding and numbers of a figure that has become another one. */
function words(element: HTMLElement, { title, finding, note, table }: Figure): void {
  find("h3", element).textContent = title;
  const sentence = find(".finding", element);
  if (sentence.textContent !== finding) sentence.textContent = finding;
  find(".canvas", element).setAttribute("aria-label", `${title}. ${finding}`);
  find("figcaption", element).textContent = note;
  if (table === "runs") return;
  find("caption", element).textContent = title;
  find("thead tr", element).replaceChildren(
    ...table.header.map((text) => {
      const cell = make("th", text);
      cell.scope = "col";
      return cell;
    }),
  );
  find("tbody", element).replaceChildren(
    ...table.rows.map((cells) => {
      const row = make("tr");
      row.append(...cells.map((text) => make("td", text)));
      return row;
    }),
  );
}
