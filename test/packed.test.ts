import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./markdown.ts";
import { type PlainProject, plainProject } from "./plain-project.ts";

const NAMES = ["energy-perf", "energy-nvsmi", "metrics-parser"];
let project: PlainProject;
beforeAll(() => {
  project = plainProject(["energy", ...NAMES]);
});
afterAll(() => project.remove());

const TYPES = `
import { type Meter, type Quantity, integratePower } from "@ea/energy";
import { gpuRecorder, nvidiaSmiMeter, parseQuery, querySamples } from "@ea/energy-nvsmi";
import { cpuMeter, parsePerf, type PerfReport, perfRows, powercapMeter } from "@ea/energy-perf";
const meters: readonly Meter[] = [nvidiaSmiMeter({ intervalMs: 100 }), cpuMeter(), powercapMeter()];
const report: PerfReport = parsePerf("");
const joules: number | null | undefined = report.joules["energy-pkg"];
const watts: number | undefined = parseQuery("").samples[0]?.powerWatts;
const quantities: readonly Quantity[] = gpuRecorder([]).finish(0);
export async function count(text: AsyncIterable<string>): Promise<number> {
  let rows = 0;
  for await (const { joules } of perfRows(text)) rows += joules ?? 0;
  for await (const { powerWatts } of querySamples(text)) rows += powerWatts ?? 0;
  return rows + (integratePower([], { startMs: 0, endMs: 1 })?.energyJoules ?? 0);
}
export const found = [meters, joules, watts, quantities];
`;

describe("packages in a plain project outside of this workspace", () => {
  it("take only published versions of what they need", () => {
    for (const name of ["energy", ...NAMES]) {
      const text = readFileSync(join(project.path, "node_modules/@ea", name, "package.json"), "utf8");
      expect(text).not.toMatch(/workspace:|catalog:|link:|file:/);
    }
  });

  it.each(NAMES)("the example of @ea/%s prints what its README says", (name) => {
    const readme = readFileSync(join(project.path, "node_modules/@ea", name, "README.md"), "utf8");
    const [, program = "", printed = ""] = /```js\n([^]*?)```\n\n```text\n([^]*?)```/.exec(readme) ?? [];
    expect(program.split("\n").length).toBeGreaterThan(5);
    project.write("readme.mjs", program);
    expect(project.run(process.execPath, ["readme.mjs"])).toBe(printed);
  });

  it("read any stream of text in a script of one's own", () => {
    const program = `
      import { createReadStream } from "node:fs";
      import { querySamples, queryStatistics } from "@ea/energy-nvsmi";
      const statistics = queryStatistics();
      for await (const sample of querySamples(createReadStream("gpu.csv", "utf8"))) statistics.add(sample);
      console.log(statistics.result().map(({ uuid, energyJoules }) => [uuid, energyJoules]));`;
    const rows = [0, 1, 2].map((second) => `2026/03/03 09:14:0${second}.000, GPU-a, 100.00\n`);
    project.write("gpu.csv", `timestamp, uuid, power.draw [W]\n${rows.join("")}`);
    project.write("own.mjs", program);
    expect(project.run(process.execPath, ["own.mjs"])).toBe("[ [ 'GPU-a', 200 ] ]\n");
  });

  it("show their types to strict TypeScript", () => {
    project.write("types.mts", TYPES);
    const options = ["--noEmit", "--strict", "--module", "NodeNext", "--target", "ES2023", "--skipLibCheck", "false"];
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
    expect(project.run(join(ROOT, "node_modules/.bin/tsc"), [...options, ...types, "types.mts"])).toBe("");
  });
});
