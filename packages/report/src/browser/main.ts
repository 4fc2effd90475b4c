import { wasteFigure } from "../figures/waste-figure.ts";
import { type ChapterView, chapterView } from "./chapter-view.ts";
import { type FigureView, figureView } from "./figure-view.ts";
import { find } from "./page.ts";
import { readPageData } from "./read-page-data.ts";
import { themeSwitch } from "./theme-switch.ts";

/** Brings the page to life; without it, everything is there to be read as it was drawn before. */
async function start(): Promise<void> {
  const { report: data, traces } = await readPageData();
  const views: (ChapterView | FigureView)[] = [];
  const redraw = (): void => {
    for (const view of views) view.redraw();
  };
  const { current } = themeSwitch(redraw);
  data.chapters.forEach((chapter, index) => {
    views.push(chapterView(find(`#chapter-${index}`), { chapter, basis: data.basis, traces }, current));
  });
  const waste = wasteFigure(data);
  if (waste) {
    const view = figureView(find("#all-waste"), current);
    view.show(waste);
    views.push(view);
  }
  let width = document.documentElement.clientWidth;
  addEventListener("resize", () => {
    if (document.documentElement.clientWidth === width) return;
    width = document.documentElement.clientWidth;
    redraw();
  });
  document.documentElement.dataset["ready"] = "yes";
}

void start();
