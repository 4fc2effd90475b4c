import { table } from "../format.ts";
import type { Document } from "./parse-file.ts";

/** A document as a table for people; what is not there is a dash. */
export function parseText(document: Document): string {
  return Object.entries(document)
    .map(([name, value]) => section(name, value))
    .join("");
}

function section(name: string, value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "" : `${name}:\n${rowsOf(value.map((row) => ["", row]))}`;
  if (typeof value !== "object" || value === null) return `${name}: ${cell(value) ?? "-"}\n`;
  const entries = Object.entries(value);
  if (entries.length === 0) return `${name}: none\n`;
  const isNested = entries.some(([, inner]) => typeof inner === "object" && inner !== null);
  return isNested
    ? `${name}:\n${rowsOf(entries)}`
    : `${name}:\n${indented(
        table(
          ["name", "value"],
          entries.map(([key, inner]) => [key, cell(inner)]),
        ),
      )}`;
}

function rowsOf(entries: readonly (readonly [string, unknown])[]): string {
  const rows = entries.map(([key, value]) => new Map<string, unknown>([["", key], ...Object.entries(Object(value))]));
  const hasValue = (column: string): boolean => rows.some((row) => cell(row.get(column)) !== undefined);
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))].filter(hasValue);
  return indented(
    table(
      columns,
      rows.map((row) => columns.map((column) => cell(row.get(column)))),
    ),
  );
}

function cell(value: unknown): string | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(9)));
  if (typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value);
  if ("combined" in value) return `± ${cell(value.combined) ?? "-"}`;
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${cell(inner) ?? "-"}`)
    .join(", ");
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
