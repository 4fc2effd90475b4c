import type { NodeCheck } from "@ea/runner";

/** What a node is fit for, for people. */
export function checksText(checks: readonly NodeCheck[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, status, finding, fix }) => {
      const first = `  ${name.padEnd(width)}  ${status.padEnd(7)}  ${finding}\n`;
      return fix === undefined ? first : `${first}  ${" ".repeat(width)}  try:     ${fix}\n`;
    })
    .join("");
}
