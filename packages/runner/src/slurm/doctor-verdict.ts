import { NODE_EXIT } from "./doctor-script.ts";

/** One thing about a compute node. */
export interface NodeCheck {
  readonly name: "job" | "directory" | "node" | "ea" | "meters" | "clock";
  /** `bad`: nothing would run there. `warning`: it runs, with less. */
  readonly status: "ok" | "warning" | "bad";
  readonly finding: string;
  readonly fix: string | undefined;
}

/** What is known of the job that looked at a node. */
export interface NodeEvidence {
  readonly job: string;
  readonly state: string | undefined;
  readonly node: string | undefined;
  /** Exit code of its script; `undefined` when Slurm does not tell. */
  readonly exitCode: number | undefined;
  readonly directory: string;
  readonly nonce: string;
  /** Its `answer`. */
  readonly answer: string | undefined;
  /** The sources of its `ea doctor --json`. */
  readonly sources:
    | readonly { readonly name: string; readonly status: string; readonly reason: string | null }[]
    | undefined;
  /** Seconds that its clock is ahead of the clock here; `undefined` when that was not seen. */
  readonly clockAheadSeconds: number | undefined;
  /** What `ea` found when it was started there. */
  readonly eaError: string;
  readonly toolVersion: string;
}

const MAX_CLOCK_SECONDS = 60;
const MIN_NODE: readonly [number, number] = [20, 19];

/** What a node is fit for. */
export function nodeChecks(evidence: NodeEvidence): readonly NodeCheck[] {
  const { job, node, state, answer } = evidence;
  const where = node === undefined ? "its node" : node;
  if (answer === undefined) {
    return [
      { name: "job", status: "ok", finding: `job ${job} ended on ${where}: ${state ?? "gone"}`, fix: undefined },
      lost(evidence, where),
    ];
  }
  const found = new Map(answer.split("\n").map((line) => cut(line)));
  return [
    { name: "job", status: "ok", finding: `job ${job} ran on ${found.get("host") ?? where}`, fix: undefined },
    directoryCheck(evidence, found.get("nonce")),
    nodeCheck(found.get("node") ?? "", found.get("program") ?? ""),
    eaCheck(evidence, found),
    metersCheck(evidence),
    clockCheck(evidence),
  ];
}

function cut(line: string): readonly [string, string] {
  const space = line.indexOf(" ");
  return space < 0 ? [line, ""] : [line.slice(0, space), line.slice(space + 1).trim()];
}

function lost({ exitCode, directory }: NodeEvidence, where: string): NodeCheck {
  const finding =
    exitCode === NODE_EXIT.notVisible
      ? `${where} does not see ${directory}`
      : exitCode === NODE_EXIT.notWritable
        ? `${where} sees ${directory}, but cannot write to it: rights, a quota or a full disk`
        : `nothing of the job is in ${directory}: it is another directory on ${where}, or cannot be written to there`;
  const fix = "--results on a file system that all nodes share, with room and the right to write";
  return { name: "directory", status: "bad", finding, fix };
}

function directoryCheck({ directory, nonce }: NodeEvidence, answered: string | undefined): NodeCheck {
  if (answered === nonce) return { name: "directory", status: "ok", finding: `shared: ${directory}`, fix: undefined };
  const finding = `${directory} on the node is not the one here`;
  return { name: "directory", status: "bad", finding, fix: "--results on a file system that all nodes share" };
}

function nodeCheck(version: string, program: string): NodeCheck {
  const [, major = "", minor = ""] = /^v(\d+)\.(\d+)\./.exec(version) ?? [];
  const isNew = Number(major) > MIN_NODE[0] || (Number(major) === MIN_NODE[0] && Number(minor) >= MIN_NODE[1]);
  if (major !== "" && isNew) return { name: "node", status: "ok", finding: `${version} at ${program}`, fix: undefined };
  // `ea` itself may be a program of its own
  const finding = major === "" ? `not known: ${version.slice(0, 200) || "no answer"}` : `${version} at ${program}`;
  const isOwnProgram = major === "" && /^\d+\.\d+\.\d+$/.test(version);
  if (isOwnProgram) return { name: "node", status: "ok", finding: `inside ${program}`, fix: undefined };
  const fix = `Node.js ${MIN_NODE.join(".")} or later: "setup": ["module load nodejs"] or "ea": ["/path/to/node", "…/bin.js"] in the profile`;
  return { name: "node", status: "bad", finding, fix };
}

function eaCheck({ eaError, toolVersion }: NodeEvidence, found: ReadonlyMap<string, string>): NodeCheck {
  const version = found.get("ea") ?? "";
  if (found.get("ea_exit") !== "0") {
    const finding = `does not start: ${eaError.trim().slice(-300) || `exit code ${found.get("ea_exit")}`}`;
    return { name: "ea", status: "bad", finding, fix: 'an ea that the node sees: "ea" in the profile' };
  }
  if (version === toolVersion) return { name: "ea", status: "ok", finding: version, fix: undefined };
  const fix = 'the same version on both: "ea" in the profile';
  return { name: "ea", status: "warning", finding: `${version} there, ${toolVersion} here`, fix };
}

function metersCheck({ sources }: NodeEvidence): NodeCheck {
  if (!sources) return { name: "meters", status: "warning", finding: "not known", fix: undefined };
  const ready = sources.filter(({ name, status }) => status === "ready" && !name.includes("estimate"));
  const missing = sources
    .filter(({ status }) => status !== "ready")
    .map(({ name, reason }) => `${name}: ${reason ?? "unknown"}`);
  if (ready.length > 0) {
    const rest = missing.length > 0 ? `; not ${missing.join("; ")}` : "";
    return {
      name: "meters",
      status: "ok",
      finding: `${ready.map(({ name }) => name).join(", ")}${rest}`,
      fix: undefined,
    };
  }
  const fix = "ea doctor in a job shows what helps";
  return { name: "meters", status: "warning", finding: `none but estimates: ${missing.join("; ")}`, fix };
}

function clockCheck({ clockAheadSeconds: ahead }: NodeEvidence): NodeCheck {
  if (ahead === undefined) return { name: "clock", status: "warning", finding: "not compared", fix: undefined };
  const finding = `${Math.abs(ahead).toFixed(1)} s ${ahead < 0 ? "behind" : "ahead of"} the clock here`;
  if (Math.abs(ahead) <= MAX_CLOCK_SECONDS) return { name: "clock", status: "ok", finding, fix: undefined };
  return {
    name: "clock",
    status: "warning",
    finding,
    fix: "NTP on both; the records of this node are flagged clock-offset",
  };
}
