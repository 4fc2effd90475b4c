import type { CostBasis } from "@ea/analysis";
import { chapterFigures, firstState } from "../figures/chapter-figures.ts";
import type { ChapterState } from "../figures/figure.ts";
import { costScale } from "../figures/trade-off-figure.ts";
import type { Chapter } from "../model/report-data.ts";
import { parallelAxes } from "../options/parallel-axes.ts";
import type { RunTrace } from "../report-input.ts";
import { clip } from "../text/clip.ts";
import { metricName } from "../text/names.ts";
import type { Theme } from "../theme.ts";
import { createBrush } from "./brush.ts";
import { type FigureView, figureView } from "./figure-view.ts";
import { find, findAll, labelled, make } from "./page.ts";
import { runsView } from "./runs-view.ts";
import { traceView } from "./trace-view.ts";

/** A chapter that can be drawn again. */
export interface ChapterView {
  readonly redraw: () => void;
}

/** Brings a chapter to life: charts, brush, table and trace follow each other. */
export function chapterView(
  section: HTMLElement,
  given: { readonly chapter: Chapter; readonly basis: CostBasis; readonly traces: ReadonlyMap<string, RunTrace> },
  theme: () => Theme,
): ChapterView {
  const { basis, traces } = given;
  let { chapter } = given;
  let state: ChapterState = firstState(chapter);
  let filtered: ReadonlySet<number> | undefined;
  const axes = () => parallelAxes(chapter, basis, { scale: costScale(chapter, basis), metric: state.metric });
  const brush = createBrush(() => select("parallel"));

  const elements = new Map(
    findAll("figure[data-figure]", section).map((element) => [element.dataset["figure"] ?? "", element]),
  );
  const traceElement = elements.get("trace");
  const trace = traceElement && traceView(traceElement, theme);
  const views = new Map<string, FigureView>();
  for (const [id, element] of elements) {
    if (id === "trace") continue;
    views.set(
      id,
      figureView(element, theme, (chart, isNew) => {
        if (id === "parallel") brush.attach(chart, isNew);
        if (id !== "trade-off" || !isNew) return;
        chart.on("click", ({ name }) => {
          const [run] = chapter.configurations[Number(name)]?.runs ?? [];
          if (run !== undefined) choose(run);
        });
      }),
    );
  }
  const choose = (index: number): void => {
    const run = chapter.runs[index];
    const found = run && traces.get(run.id);
    table.choose(index);
    if (run && found) trace?.show(run, found);
  };
  const table = runsView(find("section.runs", section), chapter, basis, {
    onFilter: (runs) => {
      filtered = runs;
      select();
    },
    onChoose: (index) => {
      choose(index);
      traceElement?.scrollIntoView({ block: "nearest" });
    },
    onReset: () => {
      brush.clear();
      table.brush(undefined);
    },
    hasTrace: ({ id }) => traces.has(id),
  });

  const draw = (except?: string): void => {
    for (const figure of chapterFigures(chapter, basis, state)) {
      if (figure.id !== except) views.get(figure.id)?.show(figure);
    }
  };
  /** Brings together what the brush keeps and what the filter leaves. */
  function select(source?: "parallel"): void {
    const brushed = brush.runs(chapter, axes());
    table.brush(brushed);
    const all = brushed ?? filtered;
    const selected = brushed && filtered ? new Set([...brushed].filter((run) => filtered?.has(run))) : all;
    state = { ...state, selected };
    // The brush has drawn its own chart already
    draw(source);
  }

  find(".tools.views", section).append(...controls());
  function controls(): readonly HTMLElement[] {
    const tools = find(".tools.views", section);
    tools.hidden = chapter.metrics.length === 0;
    const metric = make("select");
    chapter.metrics.forEach((each, index) => {
      const option = make("option", clip(metricName(each), 60));
      option.value = String(index);
      metric.append(option);
    });
    metric.value = String(state.metric ?? "");
    const lower = make("input");
    lower.type = "checkbox";
    const log = make("input");
    log.type = "checkbox";
    log.checked = state.isLog;
    const showGoal = (): void => {
      lower.checked = chapter.metrics[state.metric ?? -1]?.goal === "min";
    };
    showGoal();
    metric.addEventListener("change", () => {
      state = { ...state, metric: Number(metric.value) };
      brush.clear();
      showGoal();
      select();
    });
    lower.addEventListener("change", () => {
      const goal = lower.checked ? "min" : "max";
      chapter = {
        ...chapter,
        metrics: chapter.metrics.map((each, index) => (index === state.metric ? { ...each, goal } : each)),
      };
      select();
    });
    log.addEventListener("change", () => {
      state = { ...state, isLog: log.checked };
      select();
    });
    return [labelled("Metric", metric), labelled("lower is better", lower), labelled("logarithmic", log)];
  }

  draw();
  const start = traceElement?.dataset["run"];
  const first = chapter.runs.findIndex(({ id }) => id === start);
  if (first >= 0) choose(first);
  return {
    redraw: () => {
      for (const view of views.values()) view.redraw();
      trace?.redraw();
    },
  };
}
