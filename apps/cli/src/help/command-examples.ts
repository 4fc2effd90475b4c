type Example = readonly [commandLine: string, meaning: string];

/** What one types, by command; shown first in its help. */
export const COMMAND_EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  run: [
    ["ea run --repo digits --model mlp --mutate epochs,learning_rate --runs 5 --seed 42", "five distinct mutations"],
    ["ea run --repo digits --model mlp --mutate all --runs 5 --dry-run", "the plan, without running it"],
    ["ea run --experiment-config settings/demo.json --no-sleep", "what an experiment file describes"],
  ],
  resume: [
    ["ea resume results/20261123_174723_demo", "what an interrupted session has not run yet"],
    ["ea resume 20261123_174723_demo --retry-failed", "the failed runs again"],
    ["ea resume 20261123_174723_demo --runs 20", "up to twenty mutations"],
  ],
  status: [["ea status -f", "the newest session, until it has ended"]],
  stop: [["ea stop 20261123_174723_demo", "let the running training end, and start no other"]],
  show: [["ea show 20261123_174723_demo_003_digits_mlp_5fcb9d54", "everything about one run"]],
  log: [["ea log 20261123_174723_demo_003_digits_mlp_5fcb9d54 -f", "what a run prints, as it prints"]],
  compare: [["ea compare results/BASELINE results/OTHER", "how much less energy the second takes"]],
  best: [["ea best results/20261123_174723_demo --max-drop 1pp", "the cheapest that gives up one point at most"]],
  audit: [["ea audit results/20261123_174723_demo", "which of its numbers should not be trusted, and why"]],
  analyze: [["ea analyze results/20261123_174723_demo", "fronts, effects of hyperparameters, noise, cost"]],
  import: [["ea import Green-deep-learning/results -o results", "results of the original as records"]],
  slurm: [
    ["ea slurm submit results/20261123_174723_demo --profile cluster.json", "its rows as an array job"],
    ["ea slurm status results/20261123_174723_demo", "how they stand"],
  ],
  init: [
    ["ea init train.py", "a configuration for a script; asks at a terminal"],
    ["ea init train.py --yes --dry-run", "only shows it"],
  ],
  list: [["ea list", "what can be trained and mutated"]],
  config: [["ea config show --repo digits --runs 5", "every setting and where its value comes from"]],
  schema: [["ea schema", "which schemas there are"]],
  completion: [['eval "$(ea completion bash)"', "in ~/.bashrc"]],
  measure: [
    ["ea measure -- python train.py --epochs 3", "one run, with its output"],
    ["ea measure --runs 10 --warmup 1 -- ./simulate", "ten runs: mean and 95 % interval"],
    ["ea measure --runs 10 'gzip -k9 data' 'zstd -k19 data'", "which of two command lines needs less"],
  ],
  doctor: [
    ["ea doctor", "what can be measured here, and what helps where not"],
    ["ea doctor --probe digits mlp", "whether each hyperparameter does anything"],
  ],
  parse: [["ea parse gpu_power.csv --json", "statistics of a raw file"]],
  summary: [["ea summary results/20261123_174723_demo", "the records as a table"]],
  export: [["ea export parquet results/20261123_174723_demo -o runs.parquet", "for pandas, DuckDB, R"]],
  report: [["ea report results/20261123_174723_demo -o report.html", "one HTML file with charts and tables"]],
  metrics: [["ea metrics test --repo digits train.log", "what the patterns find in a log"]],
};

/** The help of a command with its examples before its flags. */
export function withExamples(help: string, command: string): string {
  const examples = Object.hasOwn(COMMAND_EXAMPLES, command) ? (COMMAND_EXAMPLES[command] ?? []) : [];
  const heading = /\n\n(?=Commands:|Positionals:|Options:)/.exec(help);
  if (examples.length === 0 || !heading) return help;
  const lines = examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`);
  return `${help.slice(0, heading.index)}\n\nExamples:\n${lines.join("\n")}${help.slice(heading.index)}`;
}
