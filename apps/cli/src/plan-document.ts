import { type Plan, planRowToJson, planToJson } from "@ea/records";

/** A plan for programs, in pieces: the document of `--dry-run --json`. */
export function* planDocument(plan: Plan): Generator<string, void> {
  const document = JSON.stringify({ ...planToJson(plan), rows: [] }, undefined, 2);
  yield document.slice(0, -"]\n}".length);
  for (const [index, row] of plan.rows.entries()) {
    const text = JSON.stringify(planRowToJson(row), undefined, 2).replaceAll("\n", "\n    ");
    yield `${index === 0 ? "" : ","}\n    ${text}`;
  }
  yield plan.rows.length > 0 ? "\n  ]\n}\n" : "]\n}\n";
}
