import { traceFigure } from "../figures/trace-figure.ts";
import type { Run } from "../model/report-data.ts";
import type { Zoom } from "../options/option-trace.ts";
import type { RunTrace } from "../report-input.ts";
import type { Theme } from "../theme.ts";
import { figureView } from "./figure-view.ts";
import { button, find, make } from "./page.ts";

/** The trace of one run, with zoom by mouse and by keyboard. */
export interface TraceView {
  readonly show: (run: Run, trace: RunTrace) => void;
  readonly redraw: () => void;
}

const WHOLE: Zoom = { from: 0, to: 1 };

/** Takes over the figure of a chapter's trace. */
export function traceView(element: HTMLElement, theme: () => Theme): TraceView {
  const view = figureView(element, theme);
  let zoom = WHOLE;
  let shown: { readonly run: Run; readonly trace: RunTrace } | undefined;
  const draw = (): void => {
    if (shown) view.show(traceFigure(shown.run, shown.trace, zoom));
  };
  const change = (next: (zoom: Zoom) => Zoom) => () => {
    zoom = inside(next(zoom));
    draw();
  };
  const around = (factor: number) =>
    change(({ from, to }) => {
      const [middle, half] = [(from + to) / 2, (factor * (to - from)) / 2];
      return { from: middle - half, to: middle + half };
    });
  const along = (share: number) =>
    change(({ from, to }) => {
      const step = Math.max(-from, Math.min(1 - to, share * (to - from)));
      return { from: from + step, to: to + step };
    });
  const tools = make("div");
  tools.className = "tools";
  const controls: readonly (readonly [string, string, () => void])[] = [
    ["+", "Zoom in", around(0.5)],
    ["−", "Zoom out", around(2)],
    ["◀", "Earlier", along(-0.5)],
    ["▶", "Later", along(0.5)],
    ["Whole run", "Whole run", change(() => WHOLE)],
  ];
  for (const [text, meaning, act] of controls) {
    const control = button(text, act);
    control.setAttribute("aria-label", meaning);
    tools.append(control);
  }
  find(".frame", element).before(tools);
  return {
    show: (run, trace) => {
      shown = { run, trace };
      zoom = WHOLE;
      draw();
    },
    redraw: view.redraw,
  };
}

function inside({ from, to }: Zoom): Zoom {
  return { from: Math.max(0, from), to: Math.min(1, to) };
}
