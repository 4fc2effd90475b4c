export {
  type EnergyDirectory,
  type EnergyWindows,
  readEnergyDirectory,
} from "./energy-directory/read-energy-directory.ts";
export { ExchangeError, type ExchangeErrorCode } from "./errors.ts";
export type { MlflowServer } from "./mlflow-client.ts";
export { type MlflowOutcome, type MlflowSession, mlflowExport } from "./mlflow-export.ts";
export { type ExportedSession, type OptunaOptions, optunaJournal } from "./optuna-journal.ts";
export { type ImportOptions, importOriginal } from "./original/import-original.ts";
export type { ImportedSessionReport, ImportReport, TableReport } from "./original/import-report.ts";
export type { NotRead } from "./original/not-read.ts";
export { parquetTable } from "./parquet-table.ts";
export { type PrometheusSource, prometheusText } from "./prometheus-text.ts";
export { type WandbOptions, wandbLine } from "./wandb-lines.ts";
export { WANDB_SCRIPT } from "./wandb-script.ts";
