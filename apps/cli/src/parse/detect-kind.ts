import { NvsmiError, parseQuery } from "@ea/energy-nvsmi";
import { PerfError, parsePerf } from "@ea/energy-perf";

/** What a file can be read as. */
export type Kind = "csv" | "perf" | "powercap" | "nvidia-smi" | "log";

const POWERCAP = /^t_seconds,zone,domain,device,energy_uj,max_energy_range_uj\r?$/m;
/** Names that no one but nvidia-smi gives to a column. */
const NVIDIA_SMI_COLUMN =
  /^(?:power\.|utilization\.|temperature\.|memory\.|clocks[._]|pci\.|ecc\.|mig\.|fan\.speed|driver_version|pstate)/;
/** What nvidia-smi prints that is no query CSV: its parser says by name what it is. */
const NVIDIA_SMI_OTHER =
  /NVIDIA-SMI|^# gpu\b|^\+-{3,}\S*\+\s*$|GPU-[0-9a-f]{8}-|^NVIDIA |, NVIDIA |, GPU-|Unable to determine the device handle/m;
const PERF =
  /^# started on |Performance counter stats|"counter-value"|\bJoules\b[\s\S]*energy-|^\s*(?:\S{1,3}\s)?perf: /m;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?: ?[^\d\s,]{1,6})?$/;

/** The kind of a text, given its first 64 KiB; `undefined` when it is none that is known. */
export function detectKind(head: string): Exclude<Kind, "log"> | undefined {
  if (POWERCAP.test(head)) return "powercap";
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.slice(0, 50).some(isQueryHeader)) return "nvidia-smi";
  if (PERF.test(head) || isPerf(head)) return "perf";
  if (NVIDIA_SMI_OTHER.test(head) && isRefusedByName(head)) return "nvidia-smi";
  return isCsv(lines) ? "csv" : undefined;
}

function isQueryHeader(line: string): boolean {
  const cells = line.trim().split(", ");
  const names = cells.map((cell) => cell.replace(/ \[[^\]]+\]$/, ""));
  const isNames = names.every((name) => /^[a-z][\w.]*$/i.test(name));
  return isNames && names.some((name) => NVIDIA_SMI_COLUMN.test(name));
}

function isPerf(head: string): boolean {
  try {
    parsePerf(head.slice(0, head.lastIndexOf("\n") + 1));
    return true;
  } catch (error) {
    return error instanceof PerfError && error.code !== "NOT_PERF" && error.code !== "BAD_OUTPUT";
  }
}

function isRefusedByName(head: string): boolean {
  try {
    parseQuery(head);
    return true;
  } catch (error) {
    return error instanceof NvsmiError;
  }
}

/** A line of names, and below it as many cells of which one is a number. */
function isCsv([first = "", second]: readonly string[]): boolean {
  const cellsOf = (line: string): readonly string[] =>
    line
      .replace(/^\uFEFF/, "")
      .split(",")
      .map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  const names = cellsOf(first);
  const isHeader = names.every((name) => name !== "" && !NUMBER.test(name) && !/[{}<>]/.test(name));
  if (!isHeader || new Set(names).size < names.length) return false;
  if (second === undefined) return names.length > 1 && names.every((name) => /^[\w.\- [\]/%°]+$/.test(name));
  const values = cellsOf(second);
  return values.length === names.length && values.some((value) => NUMBER.test(value));
}
