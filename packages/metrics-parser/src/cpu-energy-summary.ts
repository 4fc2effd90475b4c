import { checkQuantity, type Quantity, unavailable } from "@ea/energy";

const LINES = [
  { name: "cpu_package", label: "Package Energy (Joules): " },
  { name: "dram", label: "RAM Energy (Joules): " },
] as const;

/**
 * Package and DRAM out of `cpu_energy.txt`, the summary that the original wrote. How sure they are is not known. A last
 * line without its newline was cut and is left out; 0 is no energy, for a package that runs always draws some.
 */
export function cpuEnergySummary(text: string): readonly Quantity[] {
  const lines = text.split("\n").slice(0, -1);
  return LINES.map(({ name, label }) => {
    const identity = { name, scope: "host", source: "perf", method: "as summed up in cpu_energy.txt" } as const;
    const found = lines.filter((line) => line.startsWith(label)).map((line) => line.slice(label.length).trim());
    const [words] = found;
    if (words === undefined) return unavailable(identity, `cpu_energy.txt has no complete line "${label.trim()}"`);
    if (found.length > 1) return unavailable(identity, `cpu_energy.txt has ${found.length} lines "${label.trim()}"`);
    if (!/^\d{1,15}(?:\.\d{1,6})?$/.test(words))
      return unavailable(identity, `cpu_energy.txt says "${words.slice(0, 100)}"`);
    const value = Number(words);
    if (value === 0) return unavailable(identity, "cpu_energy.txt says 0: the counter did not move");
    return checkQuantity({ ...identity, value, unit: "J", quality: "measured" });
  });
}
