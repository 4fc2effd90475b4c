import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readHistoricalTable } from "../src/historical-table.ts";
import { prepareSession } from "../src/prepare-session.ts";
import { GOOD, newProject, sessionRequest } from "./projects.ts";
import { put } from "./temporary.ts";

const HEAD = "repository,model,is_parallel,training_success,hyperparam_epochs,hyperparam_learning_rate,mode";

async function drawnEpochs(rows: readonly string[], fields: object = {}): Promise<readonly number[]> {
  const project = await newProject(GOOD);
  await writeFile(join(project, "raw_data.csv"), [HEAD, ...rows, ""].join("\n"));
  await put(join(project, "e.json"), {
    runs_per_config: 4,
    seed: 1,
    use_deduplication: true,
    historical_csvs: ["raw_data.csv"],
    experiments: [{ repo: "mine", model: "mlp", mutate: ["epochs"], space: { epochs: { range: [5, 8] } } }],
    ...fields,
  });
  const request = sessionRequest(project, { experiment: undefined, experimentFile: "e.json" });
  const { plan } = await prepareSession(request);
  return plan.rows.map(({ hyperparameters: { epochs } }) => Number(epochs)).sort((a, b) => a - b);
}

describe("a table of the original", () => {
  it("names configurations that are not drawn again: 5.0 is 5, an empty cell the default", async () => {
    expect(await drawnEpochs(["mine,mlp,False,True,5.0,,mutation", "mine,mlp,False,True,7,,"])).toEqual([6, 8]);
  });

  it.each([
    ["of a training that failed", "mine,mlp,False,False,5.0,,"],
    ["of another model", "mine,other,False,True,5.0,,"],
    ["with another value of what is not mutated", "mine,mlp,False,True,5.0,0.77,"],
    ["beside a load", "mine,mlp,True,True,5.0,,parallel"],
  ])("does not exclude one %s", async (_, row) => {
    expect(await drawnEpochs([row])).toEqual([5, 6, 7, 8]);
  });

  it("is not read without use_deduplication", async () => {
    expect(await drawnEpochs(["mine,mlp,False,True,5.0,,"], { use_deduplication: false })).toEqual([5, 6, 7, 8]);
  });

  it.each([
    ["a\n1\n", '"raw.csv" without them'],
    ["", '"raw.csv" without them'],
    ['a,b\n"1', '"raw.csv": Quote Not Closed'],
    [undefined, '"raw.csv", which cannot be read: ENOENT'],
  ])("%j is refused", async (text, words) => {
    const project = await newProject(GOOD);
    if (text !== undefined) await writeFile(join(project, "raw.csv"), text);
    const { problems } = await readHistoricalTable("raw.csv", project, "e.json");
    expect(problems).toMatchObject([{ file: "e.json", path: "historical_csvs" }]);
    expect(problems[0]?.message).toContain(words);
  });
});
