import type { CostBasis } from "@ea/analysis";

/** What has to be said where energies are not measured; `undefined` where they are. */
export function basisWarning({ kind }: CostBasis): { readonly title: string; readonly text: string } | undefined {
  if (kind === "measured") return undefined;
  if (kind === "none") {
    const text = "neither measured nor estimated. Charts compare durations.";
    return { title: "There is no energy in these records,", text };
  }
  return {
    title: "Nothing here is a measured energy.",
    text: "No CPU, DRAM or GPU energy was measured on these machines. All energies are an estimate: busy CPU seconds of the whole host times published watts per thread, good to a factor of about two. They tell large differences between runs from small ones; they are no joules to publish.",
  };
}
