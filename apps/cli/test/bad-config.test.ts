import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MODELS_CONFIG, makeProject, type Project } from "./project.ts";

const RUN = ["run", "-r", "tiny", "-m", "good", "-mt", "epochs"];

describe("what cannot be run", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject();
  });
  afterAll(() => project.remove());

  /** Runs with a changed configuration; expects exit code 2, these words, and nothing started. */
  const refuses = async (args: readonly string[], ...words: readonly string[]): Promise<void> => {
    for (const more of [[], ["--dry-run"]]) {
      const { code, err } = await project.ea([...args, ...more]);
      expect(code, err).toBe(2);
      for (const word of words) expect(err).toContain(word);
    }
    expect(await readdir(join(project.path, "results")).catch(() => [])).toEqual([]);
  };
  const withRepository = async (change: Record<string, unknown>): Promise<readonly string[]> => {
    await project.write("changed.json", { models: { tiny: { ...MODELS_CONFIG.models.tiny, ...change } } });
    return [...RUN, "-c", "changed.json"];
  };
  const withEpochs = (epochs: unknown): Promise<readonly string[]> =>
    withRepository({ supported_hyperparams: { ...MODELS_CONFIG.models.tiny.supported_hyperparams, epochs } });

  it("a missing configuration", () => refuses([...RUN, "-c", "none.json"], "none.json", "no such file"));
  it("a configuration that is no JSON", async () => {
    await project.write("broken.json", '{ "models": {\n  "tiny": nope } }');
    await refuses([...RUN, "-c", "broken.json"], "broken.json", "expected JSON");
  });
  it("an unknown repository", () =>
    refuses(["run", "-r", "tyni", "-m", "good", "-mt", "epochs"], '"tyni"', 'did you mean "tiny"?'));
  it("an unknown model", () =>
    refuses(["run", "-r", "tiny", "-m", "god", "-mt", "epochs"], '"god"', 'did you mean "good"?'));
  it("an unknown hyperparameter", () =>
    refuses(["run", "-r", "tiny", "-m", "good", "-mt", "epoch"], '"epoch"', 'did you mean "epochs"?'));
  it("an unknown key", async () =>
    refuses(
      await withRepository({ train_skript: "x" }),
      "changed.json",
      "models.tiny.train_skript",
      'did you mean "train_script"?',
    ));
  it("a value of the wrong type", async () =>
    refuses(
      await withEpochs({ flag: 5, type: "int", range: [1, 2] }),
      "models.tiny.supported_hyperparams.epochs.flag",
      ", found 5",
    ));
  it("an upside-down range", async () =>
    refuses(
      await withEpochs({ flag: "-e", type: "int", range: [20, 1] }),
      "epochs.range",
      "expected lower <= upper, found [20, 1]",
    ));
  it("a hyperparameter without a flag", async () =>
    refuses(await withEpochs({ type: "int", range: [1, 20] }), "epochs.flag", "expected the command-line flag"));
  it("a script that does not exist", async () =>
    refuses(
      await withRepository({ train_script: "trian.mjs" }),
      "models.tiny.train_script",
      '"trian.mjs"',
      'did you mean "train.mjs"?',
    ));
  it("a repository that does not exist", async () =>
    refuses(await withRepository({ path: "nowhere" }), "models.tiny.path", "expected a directory"));
  it("a pattern that is no regular expression", async () =>
    refuses(
      await withRepository({ performance_metrics: { log_patterns: { accuracy: "accuracy: (" } } }),
      "models.tiny.performance_metrics.log_patterns.accuracy",
    ));
  it("an experiment file with an unknown key", async () => {
    await project.write("file.json", { experiments: [{ repo: "tiny", model: "good", mutate_params: ["epochs"] }] });
    await refuses(["run", "-ec", "file.json"], "file.json", "experiments[0].mutate_params", 'it is called "mutate"');
  });
  it("an experiment file beside --repo", () => refuses([...RUN, "-ec", "file.json"], "--experiment-config"));
  it.each(["0", "-1", "1.5", "many", "", "1e99"])("--runs %j", (runs) =>
    refuses([...RUN, `--runs=${runs}`], "--runs", "expected a positive integer"),
  );
  it("a flag given twice", () => refuses([...RUN, "-mt", "learning_rate"], "--mutate: expected once"));
  it("an unknown flag", () => refuses([...RUN, "--run", "3"], "unknown argument: run", 'did you mean "runs"?'));
  it("an unknown governor", () => refuses([...RUN, "-g", "performanse"], 'did you mean "performance"?'));
  it("an unknown command", async () => {
    expect(await project.ea(["rnu"])).toMatchObject({
      code: 2,
      err: expect.stringContaining('did you mean "run"?'),
    });
  });
  it("a results directory that cannot be made", async () => {
    for (const results of ["/proc/ea-results", "config/models_config.json/results"]) {
      const { code, err } = await project.ea([...RUN, "--no-sleep", "--results", results]);
      expect(code).toBe(2);
      expect(err).toContain("is not writable");
    }
  });
  it("energies that this machine cannot measure, when they are required", async () => {
    const { code, err } = await project.ea([...RUN, "--require", "gpu"], { PATH: "/nowhere" });
    expect(code).toBe(3);
    expect(err).toContain("Required but not measurable here: gpu");
    expect(err).toContain("nvidia-smi is not installed");
  });
});
