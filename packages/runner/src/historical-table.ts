import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ParameterValue } from "@ea/records";
import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import type { Problem } from "./errors.ts";
import type { EarlierTraining } from "./history.ts";

const COLUMN = "hyperparam_";
const Cells = z.looseObject({ repository: z.string(), model: z.string(), training_success: z.string() });
const Rows = z.array(z.record(z.string(), z.string()));

/**
 * The trainings of a table of the original (`raw_data.csv`), by their `hyperparam_…` columns; an empty cell is a parameter
 * that was left at its default. Trainings beside a load are left out: which values the load had is not in the table.
 */
export async function readHistoricalTable(
  path: string,
  project: string,
  file: string | undefined,
): Promise<{ readonly runs: readonly EarlierTraining[]; readonly problems: readonly Problem[] }> {
  const refuse = (found: string): { readonly runs: []; readonly problems: readonly Problem[] } => {
    const expected = "expected a table of the original with columns repository, model, training_success, hyperparam_…";
    return { runs: [], problems: [{ file, path: "historical_csvs", message: `${expected}, found ${found}` }] };
  };
  let rows: z.infer<typeof Rows>;
  try {
    const text = await readFile(resolve(project, path), "utf8");
    rows = Rows.parse(parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true }));
  } catch (error) {
    if (error instanceof CsvError) return refuse(`"${path}": ${error.message}`);
    if (error instanceof Error && "code" in error)
      return refuse(`"${path}", which cannot be read: ${String(error.code)}`);
    throw error;
  }
  const [first] = rows;
  const isOurs = first && Cells.safeParse(first).success && Object.keys(first).some((name) => name.startsWith(COLUMN));
  if (!isOurs) return refuse(`"${path}" without them`);
  return { runs: rows.filter(isAlone).map(trainingOf), problems: [] };
}

type Row = Readonly<Record<string, string>>;

function isAlone({ is_parallel, mode }: Row): boolean {
  return !/^true$/i.test(is_parallel ?? "") && mode !== "parallel";
}

function trainingOf(row: Row): EarlierTraining {
  const { repository = "", model = "", training_success } = row;
  const cells = Object.entries(row).filter(([name, text]) => name.startsWith(COLUMN) && text !== "");
  return {
    repository,
    model,
    status: /^true$/i.test(training_success ?? "") ? "success" : "failed",
    hyperparameters: Object.fromEntries(cells.map(([name, text]) => [name.slice(COLUMN.length), valueOf(text)])),
    performance_metrics: {},
    leavesOutDefaults: true,
  };
}

function valueOf(text: string): ParameterValue {
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text)) return Number(text);
  return /^(?:true|false)$/i.test(text) ? /^t/i.test(text) : text;
}
