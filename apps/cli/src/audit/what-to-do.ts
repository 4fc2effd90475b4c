import { AUDIT_CODES, type AuditCode } from "@ea/analysis";

/** What a code means, and what can be done about it. */
interface CodeText {
  readonly means: string;
  readonly todo: string;
}

const TEXTS: Readonly<Record<AuditCode, CodeText>> = {
  contaminated: {
    means: "another process used the GPU during the run: its energy and its duration are of both",
    todo: "leave these runs out, and run their configurations again; `ea doctor` names processes on the GPU now",
  },
  "perhaps-contaminated": {
    means: "next to a contaminated run, and nothing tells whether the other process had gone",
    todo: "leave these runs out, or run one of them again and compare",
  },
  "energy-of-another-run": {
    means: "the energy that stands there does not agree with the run's own telemetry",
    todo: "use the energy of the record, which was integrated from the run's own raw files, and not the table's",
  },
  "unit-mistake": {
    means: "a number is in another unit than it is said to be in",
    todo: "correct the unit where the number was written, or take it from the record",
  },
  "published-differs": {
    means: "what was published differs from the run's own telemetry by some per cent",
    todo: "use the energy of the record",
  },
  "false-success": {
    means: "called a success, though the training crashed",
    todo: "leave these runs out, read their logs with `ea log ID`, and run them again",
  },
  "failure-in-log": {
    means: "the log tells a failure, and all else is as in other runs",
    todo: "read the log with `ea log ID`: a pattern may take a harmless line for a failure",
  },
  "short-run": {
    means: "far shorter than other runs of its model, with all metrics",
    todo: "look for early stopping, a smaller data set, or a part of the training that was skipped",
  },
  "no-work": {
    means: "a model whose trainings end in seconds and do nothing",
    todo: "leave the model out until its script trains; `ea probe` tries it",
  },
  "parameter-ineffective": {
    means: "a parameter that never reached the training: the logs tell one value, whatever was asked for",
    todo: "do not use these runs for the effect of the parameter; correct the script, and run them again",
  },
  "parameter-differs": {
    means: "the log tells another value than was asked for",
    todo: "take the value of the log, or leave the run out",
  },
  "parameter-rounded": {
    means: "a value was passed with so few digits that it is another one",
    todo: "take the value of the log",
  },
  "incomplete-parameters": {
    means: "the record does not tell all parameters of the model",
    todo: "find out the script's defaults (`ea probe`, its log), or leave these runs out of what compares them",
  },
  "duplicate-id": {
    means: "several runs have one id: tables that are joined by it mix them up",
    todo: "join by id and time stamp, or by the id of the record, which is unique",
  },
  "duplicate-timestamp": {
    means: "several runs have one time stamp",
    todo: "see whether one is a copy of the other, and keep one",
  },
  "no-trace": {
    means: "no telemetry of the GPU, though other runs of the machine have it",
    todo: "do not compare the energy of these runs with that of others",
  },
  "starved-sampler": {
    means: "samples further apart than usual: added up as one second each they give too little",
    todo: "use the integral over time stamps, which is in the record",
  },
  "trace-gap": {
    means: "a hole in the telemetry, whose energy is a guess",
    todo: "see the uncertainty of the energy before it is compared",
  },
  "low-coverage": {
    means: "the samples cover a part of the run only",
    todo: "leave the energy of these runs out; their duration and metrics stand",
  },
  "metric-is-count": {
    means: "a count where others have a ratio",
    todo: "extract the metrics again with a pattern that takes the ratio: `ea metrics reextract`",
  },
  "metric-out-of-range": {
    means: "a value that the metric cannot have",
    todo: "correct the pattern, and extract the metrics again: `ea metrics reextract`",
  },
  "metric-missing": {
    means: "no value for a metric that most runs of the model have",
    todo: "test the pattern on the log: `ea metrics test`; where the log has none, the training was not finished",
  },
  "collapsed-training": {
    means: "the training did not learn",
    todo: "keep it out of what is said of energy and quality together; its configuration may not converge",
  },
  "cpu-training": {
    means: "the GPU was idle: trained on the CPU",
    todo: "check CUDA, the driver and the device that the script asks for, where a GPU was meant",
  },
  "sampler-artefact": {
    means: "the sampler kept an unused GPU awake: its energy is of the measurement",
    todo: "do not count this GPU energy; turn on persistence mode (nvidia-smi -pm 1)",
  },
  "cold-start": {
    means: "a first run after a pause, which drew more power than others of its kind",
    todo: "begin a session with a run that does not count, or repeat the first one at its end",
  },
  hot: {
    means: "the GPU got so hot that it may have lowered its clocks",
    todo: "cool the machine, or set the limit of your card: --threshold hotCelsius=…",
  },
  "start-temperature": {
    means: "it began much warmer or cooler than others of its kind",
    todo: "let the GPU cool down between runs, as `ea run` does by itself",
  },
  "cool-down-skipped": {
    means: "it began right after the run before it",
    todo: "let the GPU cool down between runs, as `ea run` does by itself",
  },
  outlier: {
    means: "far from the other runs of the same configuration",
    todo: "look for the reason before it is left out; more repetitions tell whether it is one",
  },
};

/** The words for a code of the audit's own; `undefined` for one that a record has brought with it. */
export function codeText(code: string): CodeText | undefined {
  const own = AUDIT_CODES.find((each) => each === code);
  return own && TEXTS[own];
}
