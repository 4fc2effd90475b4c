import type { CostBasis } from "@ea/analysis";
import type { Chapter, Run } from "../model/report-data.ts";
import { parseFilter } from "../table/filter.ts";
import { type RunColumn, runColumns } from "../table/run-columns.ts";
import { counted } from "../text/names.ts";
import { button, find, findAll, labelled, make } from "./page.ts";

/** The table of runs that can be sorted and filtered. */
export interface RunsView {
  /** Shows these runs only; all of them when `undefined`. */
  readonly brush: (runs: ReadonlySet<number> | undefined) => void;
  /** Marks the run whose trace is shown. */
  readonly choose: (run: number) => void;
}

/** What a reader does with the table. */
export interface RunsEvents {
  /** The runs that the filter leaves; `undefined` without a filter. */
  readonly onFilter: (runs: ReadonlySet<number> | undefined) => void;
  readonly onChoose: (run: number) => void;
  readonly onReset: () => void;
  readonly hasTrace: (run: Run) => boolean;
}

/** Takes over the table of a chapter. */
export function runsView(section: HTMLElement, chapter: Chapter, basis: CostBasis, events: RunsEvents): RunsView {
  const columns = runColumns(chapter, basis);
  const body = find("table.runs tbody", section);
  const rows = findAll("tr", body);
  const heads = findAll("table.runs thead th", section);
  const tools = find(".tools", section);
  const count = make("output");
  const problem = make("span");
  problem.className = "problem";
  problem.setAttribute("role", "alert");
  const input = make("input");
  input.type = "search";
  input.placeholder = "energy<500 status=success a-word";
  input.spellcheck = false;
  let sorted: { readonly column: number; readonly isAscending: boolean } | undefined;
  let brushed: ReadonlySet<number> | undefined;
  let filtered: ReadonlySet<number> | undefined;

  const show = (): void => {
    let visible = 0;
    rows.forEach((row, index) => {
      const isVisible = (brushed?.has(index) ?? true) && (filtered?.has(index) ?? true);
      row.hidden = !isVisible;
      if (isVisible) visible += 1;
    });
    count.textContent = `${visible} of ${counted(rows.length, "run")}`;
  };
  const sort = (position: number): void => {
    const column = columns[position];
    if (!column) return;
    sorted = { column: position, isAscending: sorted?.column === position ? !sorted.isAscending : true };
    const { isAscending } = sorted;
    const order = chapter.runs.map((run, index) => ({ index, value: column.value(run) }));
    order.sort((a, b) => compare(a.value, b.value, isAscending) || a.index - b.index);
    body.append(...order.flatMap(({ index }) => rows[index] ?? []));
    heads.forEach((head, index) => {
      if (index === position) head.setAttribute("aria-sort", isAscending ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
      find("span", head).textContent = index === position ? (isAscending ? " ▲" : " ▼") : "";
    });
  };
  const filter = (): void => {
    const { matches, problems } = parseFilter(input.value, columns);
    problem.textContent = problems.join("; ");
    filtered = input.value.trim() === "" ? undefined : new Set(indicesOf(chapter, matches));
    show();
    events.onFilter(filtered);
  };

  heads.forEach((head, position) => {
    const sorter = button(head.textContent ?? "", () => sort(position));
    const arrow = make("span");
    arrow.setAttribute("aria-hidden", "true");
    sorter.append(arrow);
    head.replaceChildren(sorter);
  });
  rows.forEach((row, index) => {
    const run = chapter.runs[index];
    if (!run || !events.hasTrace(run)) return;
    const name = find("th", row);
    const chooser = button("", () => events.onChoose(index));
    chooser.title = "Show its trace";
    chooser.append(...name.childNodes);
    name.append(chooser);
  });
  input.addEventListener("input", filter);
  tools.append(
    labelled("Filter", input),
    button("Reset", () => {
      input.value = "";
      brushed = undefined;
      events.onReset();
      filter();
    }),
    count,
    problem,
  );
  tools.hidden = false;
  show();
  return {
    brush: (runs) => {
      brushed = runs;
      show();
    },
    choose: (run) => rows.forEach((row, index) => row.classList.toggle("chosen", index === run)),
  };
}

function indicesOf({ runs }: Chapter, matches: (run: Run) => boolean): readonly number[] {
  return runs.flatMap((run, index) => (matches(run) ? [index] : []));
}

/** Numbers by size, texts by their digits and letters; what is missing stands last either way. */
function compare(a: ReturnType<RunColumn["value"]>, b: typeof a, isAscending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const order =
    typeof a === "number" && typeof b === "number"
      ? a - b
      : String(a).localeCompare(String(b), "en", { numeric: true });
  return isAscending ? order : -order;
}
