import type { RecordJson } from "@ea/records";

/** More reasons are counted, not shown. */
const MOST_SHOWN = 20;

/** Collects each energy without a value, once, with its reason; and what an estimate is. */
export function missingEnergies(): { readonly add: (record: RecordJson) => void; readonly text: () => string } {
  const lines = new Set<string>();
  let more = 0;
  return {
    add: ({ energy }) => {
      for (const { name, value, reason, quality } of energy) {
        if (value !== null && quality !== "estimated") continue;
        const line =
          value === null ? `  no ${name}: ${reason ?? "unknown"}\n` : `  ${name} is a model, not a measurement\n`;
        if (lines.has(line)) continue;
        if (lines.size < MOST_SHOWN) lines.add(line);
        else more += 1;
      }
    },
    text: () => {
      if (lines.size === 0) return "";
      return `Energy:\n${[...lines].join("")}${more > 0 ? `  … and ${more} more; the records have all of them\n` : ""}`;
    },
  };
}
