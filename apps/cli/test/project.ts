import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** The built CLI. */
export const EA = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const TRAIN = fileURLToPath(new URL("./fixtures/train.mjs", import.meta.url));

/** A configuration for `fixtures/train.mjs`, whose models are its behaviours. */
export const MODELS_CONFIG = {
  models: {
    tiny: {
      path: "repository",
      train_script: "train.mjs",
      models: [
        "good",
        "exit3",
        "sigkill",
        "sigterm",
        "swallows",
        "big",
        "nan",
        "silent",
        "forever",
        "stubborn",
        "orphans",
        "daemon",
        "stops",
        "lockedOut",
        "hides",
        "stdin",
        "environment",
        "slow",
        "waits",
        "flaky",
      ],
      model_flag: "--model",
      supported_hyperparams: {
        epochs: { flag: "--epochs", type: "int", default: 10, range: [1, 20] },
        learning_rate: {
          flag: "--learning-rate",
          type: "float",
          default: 0.00001,
          range: [1e-6, 1e-3],
          distribution: "log_uniform",
        },
        seed: { flag: "--seed", type: "int", default: null, range: [0, 9999] },
      },
      performance_metrics: { log_patterns: { accuracy: "accuracy: (\\S+)", loss: "loss: (\\S+)" } },
    },
  },
};

/** How one `ea` ended. */
interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A running `ea`. */
export interface Running {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly finished: Promise<Finished>;
  /** Resolves once stderr or stdout contains the text. */
  readonly says: (text: string) => Promise<void>;
}

/** A project in a temporary directory, with a training script and its configuration. */
export interface Project {
  readonly path: string;
  readonly start: (args: readonly string[], environment?: Record<string, string>) => Running;
  readonly ea: (args: readonly string[], environment?: Record<string, string>) => Promise<Finished>;
  /** Everything that `ea run --json` says, after a run of this model. */
  readonly run: (model: string, ...flags: readonly string[]) => Promise<Finished & { readonly result: SessionResult }>;
  readonly write: (path: string, content: unknown) => Promise<void>;
  readonly remove: () => Promise<void>;
}

const SessionResult = z.object({
  session: z.string(),
  directory: z.string(),
  planned: z.number(),
  completed: z.number(),
  failed: z.number(),
  suspect: z.number(),
  records: z.array(z.string()),
});
type SessionResult = z.infer<typeof SessionResult>;

/** Makes a project; the built CLI runs in it. */
export async function makeProject(): Promise<Project> {
  const path = await mkdtemp(join(tmpdir(), "ea-cli-"));
  await mkdir(join(path, "config"));
  await mkdir(join(path, "repository"));
  await copyFile(TRAIN, join(path, "repository", "train.mjs"));
  const write = (file: string, content: unknown): Promise<void> =>
    writeFile(join(path, file), typeof content === "string" ? content : JSON.stringify(content));
  await write("config/models_config.json", MODELS_CONFIG);
  const start = (args: readonly string[], environment: Record<string, string> = {}): Running =>
    startEa(path, args, environment);
  const ea = (args: readonly string[], environment?: Record<string, string>): Promise<Finished> =>
    start(args, environment).finished;
  return {
    path,
    start,
    ea,
    async run(model, ...flags) {
      const finished = await ea([
        "run",
        "-r",
        "tiny",
        "-m",
        model,
        "-mt",
        "epochs",
        "-s",
        "1",
        "--no-sleep",
        "--json",
        ...flags,
      ]);
      return { ...finished, result: SessionResult.parse(JSON.parse(finished.out)) };
    },
    write,
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

/** Tests run beside each other: a gate would wait for the others, unless the test is about it. */
function withoutGate(args: readonly string[]): readonly string[] {
  const [command = "", ...rest] = args;
  const isRunning = command === "run" || command === "resume";
  return isRunning && !rest.includes("--gate") ? [command, "--gate", "off", ...rest] : args;
}

function startEa(cwd: string, args: readonly string[], environment: Record<string, string>): Running {
  const child = spawn(process.execPath, [EA, ...withoutGate(args)], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...environment },
  });
  let out = "";
  let err = "";
  let onText: (() => void) | undefined;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    onText?.();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    err += text;
    onText?.();
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on("close", (code) => {
      resolve({ code, out, err });
      onText?.();
    });
  });
  return {
    kill: (signal) => void child.kill(signal),
    finished,
    says: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (`${out}${err}`.includes(text)) resolve();
          else if (child.exitCode !== null) reject(new Error(`ea ended without saying "${text}":\n${out}${err}`));
        };
        onText = look;
        look();
      }),
  };
}

/** A JSON file, as it is. */
export async function readJson(path: string): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, "utf8")));
}

/** Ids of the live processes whose command line contains the text. */
export async function processesWith(text: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (command.includes(text) || environment.includes(`EARUN_SESSION_DIRECTORY=${text}`)) found.push(pid);
  }
  return found;
}

/** Live processes that carry the tag of one `ea` in their environment, with their command lines. */
export async function processesOfSession(tag: string): Promise<readonly { readonly command: string }[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
      return environment.split("\0").includes(`EARUN_SESSION=${tag}`) ? [{ command }] : [];
    }),
  );
  return found.flat();
}
