import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUDIT_CODES, THRESHOLDS } from "../packages/analysis/src/index.ts";
import { MAX_MUTATION_ATTEMPTS } from "../packages/mutator/src/index.ts";
import { AttemptJson, ClaimJson, PlanRowJson, RecordJson, StatusJson } from "../packages/records/src/index.ts";
import * as runner from "../packages/runner/src/index.ts";
import { type Block, type Page, ROOT, readPage, readPages, resolveLink } from "./markdown.ts";

const EA = join(ROOT, "apps/cli/dist/bin.js");
const HAS_PYTHON = spawnSync("python3", ["--version"]).status === 0;
const WHY = HAS_PYTHON ? "" : " (skipped: no python3)";
const pages = readPages();

/** A line such as `npx pnpm cli list` of a page, with what stands beside it. */
interface Command {
  readonly where: string;
  /** As it is written. */
  readonly text: string;
  /** After `# not run:`. */
  readonly notRun: string | undefined;
  /** The text block after the command's block. */
  readonly printed: Block | undefined;
}

function commandsOf(page: Page): readonly Command[] {
  return page.blocks.flatMap((block, index) => {
    if (block.language !== "sh") return [];
    const next = page.blocks[index + 1];
    const lines = block.text.split("\n").map((text, offset) => ({ text, line: block.line + offset }));
    const commands = lines.filter(({ text }) => /^(npx pnpm cli|pnpm cli|ea) /.test(text));
    return commands.map(({ text, line }, position) => ({
      where: `${page.path}:${line}`,
      text: text.replace(/\s+#.*$/, ""),
      notRun: /# not run: (.+)$/.exec(text)?.[1],
      printed: position === commands.length - 1 && next?.language === "text" ? next : undefined,
    }));
  });
}

const isMeasuring = (text: string): boolean => / (measure|doctor)\b/.test(text);
const isTraining = (text: string): boolean =>
  !isMeasuring(text) &&
  !/ (?:import|list|init|config|schema|parse|metrics|summary|export|status|stop|show|log|compare|best|report|audit|analyze|slurm)\b|--list|--dry-run|--help/.test(
    text,
  );

/** What differs from one run to the next: names of sessions. */
const withoutTimes = (text: string): string => text.replace(/\d{8}_\d{6}/g, "<time>");

/** `[1/3] mine/default`, the parameters, `success`: what the same seed gives everywhere. */
const progress = (text: string): readonly string[] =>
  text.match(/\[\d+\/\d+\] .*? in /g)?.map((line) => line.trim()) ?? [];

describe.each(pages.filter((page) => commandsOf(page).length > 0))("commands of $path", (page) => {
  const commands = commandsOf(page);
  const project = mkdtempSync(join(tmpdir(), "ea-docs-"));
  const pythonDirectories = page.blocks
    .flatMap(({ attributes }) => attributes["file"] ?? [])
    .filter((file) => file.endsWith(".py"))
    .map((file) => dirname(file));
  const seen: string[] = [];
  const outputs: { readonly where: string; readonly text: string }[] = [];

  beforeAll(() => {
    cpSync(join(ROOT, "config"), join(project, "config"), { recursive: true });
    symlinkSync(join(ROOT, "examples"), join(project, "examples"));
    for (const { attributes, text } of page.blocks) {
      const file = attributes["file"];
      if (file === undefined) continue;
      mkdirSync(dirname(join(project, file)), { recursive: true });
      writeFileSync(join(project, file), text);
    }
  });
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  for (const { where, text } of commands.filter(({ notRun }) => notRun === undefined)) {
    const needsPython = pythonDirectories.some((directory) => text.includes(directory));
    it.skipIf(needsPython && !HAS_PYTHON)(`${where}: ${text}${needsPython ? WHY : ""}`, () => {
      const [start = ""] = /^(npx pnpm cli|pnpm cli|ea) /.exec(text) ?? [];
      const line = `"$NODE" "$EA" ${text.slice(start.length)}${isTraining(text) ? " --no-sleep --gate off" : ""}`;
      const result = spawnSync("/bin/sh", ["-c", line], {
        cwd: project,
        encoding: "utf8",
        env: { ...process.env, NODE: process.execPath, EA },
      });

      expect({ status: result.status, stderr: result.stderr }).toMatchObject({ status: 0 });
      seen.push(...progress(result.stderr));
      outputs.push({ where, text: withoutTimes(result.stdout) });
    });
  }

  it.skipIf(pythonDirectories.length > 0 && !HAS_PYTHON)(`draw what the page says that they draw${WHY}`, () => {
    const shown = page.blocks.filter(({ language }) => language === "text").flatMap(({ text }) => progress(text));
    expect(seen).toEqual(expect.arrayContaining(shown));
  });

  it("print what the page says that they print", () => {
    const shown = commands
      .filter(({ text }) => !isTraining(text) && !isMeasuring(text))
      .flatMap(({ where, printed }) => (printed ? [{ where, text: withoutTimes(printed.text) }] : []));
    expect(outputs).toEqual(expect.arrayContaining(shown));
  });
});

it("the commands that are not run are few, and each says why", () => {
  const notRun = pages.flatMap(commandsOf).flatMap(({ notRun: reason }) => reason ?? []);
  expect(notRun).toMatchInlineSnapshot(`
    [
      "the name depends on the session",
      "the names depend on the script",
      "exit code 3 where there is only an estimate",
      "the names depend on the script",
      "the names depend on the script",
      "the name depends on the session",
      "needs a log",
      "the name depends on the session",
      "exit code 3 where there is only an estimate",
      "the names depend on the session",
      "needs a log",
      "the name depends on the session",
      "the name depends on the session",
      "needs Slurm",
      "needs Slurm",
      "needs Slurm",
      "needs Slurm",
      "five trainings; the plan of it is below",
      "exit code 2 is what it shows",
      "depends on the machine",
      "needs eight GPUs",
      "needs a tracking server",
    ]
  `);
});

describe("blocks", () => {
  const blocks = pages.flatMap(({ path, blocks: all }) =>
    all.map((block, index) => ({ path, block, next: all[index + 1] })),
  );
  const titled = blocks.map(({ path, block, next }) => ({ where: `${path}:${block.line}`, block, next }));

  it.each(titled.filter(({ block }) => block.language === "js"))(
    "$where prints what stands below it",
    ({ block, next }) => {
      const printed = execFileSync(process.execPath, ["--input-type=module"], {
        cwd: join(ROOT, block.attributes["run-in"] ?? "."),
        input: block.text,
        encoding: "utf8",
      });
      expect(printed).toBe(next?.text);
    },
  );

  it.each(titled.filter(({ block }) => block.language === "json"))("$where is JSON", ({ block }) => {
    expect(() => JSON.parse(block.text)).not.toThrow();
  });

  it("the README's record is a real one, shortened", () => {
    const excerpt: unknown = JSON.parse(blockWith("excerpt", "experiment.json").text);
    expect(RecordJson.partial().parse(excerpt)).toEqual(excerpt);
    expect(keysOf(RecordJson)).toEqual(expect.arrayContaining(Object.keys(Object(excerpt))));
  });

  function blockWith(attribute: string, value: string): Block {
    const found = blocks.find(({ block }) => block.attributes[attribute] === value);
    if (!found) throw new RangeError(`no block with ${attribute}=${value}`);
    return found.block;
  }
});

describe("links", () => {
  const all = [...pages, readPage("CONTRIBUTING.md"), readPage(".changeset/README.md"), ...packageReadmes()];

  it("point at files and headings that exist", () => {
    const broken = all.flatMap((page) =>
      page.links
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => {
          const { path, anchor } = resolveLink(page, link);
          if (!existsSync(join(ROOT, path))) return true;
          return anchor !== "" && !readPage(path).anchors.includes(anchor);
        })
        .map((link) => `${page.path}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it("lead from the README to every page", () => {
    const targets = readPage("README.md").links;
    expect(targets).toEqual(
      expect.arrayContaining(pages.map(({ path }) => path).filter((path) => path !== "README.md")),
    );
  });
});

describe("completeness", () => {
  it("docs/sweep.md names every flag of `ea run --help`", () => {
    const help = execFileSync(process.execPath, [EA, "run", "--help"], { encoding: "utf8" });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+(?:, --[a-z-]+)*)/gm)].flatMap(([, names = ""]) =>
      names.split(", "),
    );
    // yargs shows -mt of the original as --mt
    const wanted = flags.map((flag) => flag.replace(/^--(mt|ec|mr)$/, "-$1"));
    expect(wanted).toContain("--repo");
    expect(wanted.filter((flag) => !readPage("docs/sweep.md").text.includes(`\`${flag}\``))).toEqual([]);
  });

  it("docs/sweep.md names every flag of `ea resume`, `ea summary` and `ea export`", () => {
    const { text } = readPage("docs/sweep.md");
    const helps = ["resume", "summary", "export"].map((command) =>
      execFileSync(process.execPath, [EA, command, "--help"], { encoding: "utf8" }),
    );
    const flags = helps.flatMap((help) =>
      [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag),
    );
    const wanted = flags.map((flag) => flag.replace(/^--(mr)$/, "-$1"));
    expect(wanted).toContain("--take-over");
    expect(wanted.filter((flag) => !new RegExp(`\`${flag}[\` ]`).test(text))).toEqual([]);
  });

  it("docs/report.md names every flag of `ea report`", () => {
    const help = execFileSync(process.execPath, [EA, "report", "--help"], { encoding: "utf8" });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
    const own = flags.filter((flag) => !["--version", "--help"].includes(flag));
    expect(own).toContain("--watch");
    expect(own.filter((flag) => !readPage("docs/report.md").text.includes(`\`${flag}\``))).toEqual([]);
  });

  it("docs/analyze.md names every flag of `ea analyze`", () => {
    const help = execFileSync(process.execPath, [EA, "analyze", "--help"], { encoding: "utf8" });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
    const own = flags.filter((flag) => !["--version", "--help"].includes(flag));
    expect(own).toContain("--detect");
    expect(own.filter((flag) => !readPage("docs/analyze.md").text.includes(`\`${flag}\``))).toEqual([]);
  });

  it("docs/audit.md names every flag of `ea audit`, every code, and every threshold with its value", () => {
    const { text } = readPage("docs/audit.md");
    const help = execFileSync(process.execPath, [EA, "audit", "--help"], { encoding: "utf8" });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
    const own = flags.filter((flag) => !["--version", "--help"].includes(flag));
    expect(own).toContain("--threshold");
    expect(own.filter((flag) => !text.includes(`\`${flag}\``))).toEqual([]);
    expect(unnamed("docs/audit.md", AUDIT_CODES)).toEqual([]);
    const table = [...text.matchAll(/^\| `(\w+)` +\| ([\d.]+) +\| /gm)].map(([, name, value]) => [name, Number(value)]);
    expect(Object.fromEntries(table)).toEqual(THRESHOLDS);
  });

  it("docs/from-the-original.md names every flag of `ea import`", () => {
    const help = execFileSync(process.execPath, [EA, "import", "--help"], { encoding: "utf8" });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
    const own = flags.filter((flag) => !["--version", "--help"].includes(flag));
    expect(own).toContain("--table");
    expect(own.filter((flag) => !readPage("docs/from-the-original.md").text.includes(`\`${flag}\``))).toEqual([]);
  });

  it("docs/slurm.md names every flag of `ea slurm`, and every key of a profile", () => {
    const actions = ["submit", "status", "cancel", "collect", "doctor"];
    const helps = actions.map((action) =>
      execFileSync(process.execPath, [EA, "slurm", action, "--help"], { encoding: "utf8" }),
    );
    const flags = helps.flatMap((help) => [...help.matchAll(/^ +(--[a-z-]+)/gm)].map(([, flag = ""]) => flag));
    const { text } = readPage("docs/slurm.md");
    const own = flags.filter((flag) => !["--version", "--help", "--doctor"].includes(flag));
    expect(own).toContain("--retry-timeouts");
    expect(own.filter((flag) => !new RegExp(`\`${flag}[\` ]`).test(text))).toEqual([]);
    const keys = Object.keys(runner.SlurmProfile.shape).filter((key) => key !== "$schema");
    expect(unnamed("docs/slurm.md", keys)).toEqual([]);
  });

  it.each(["measure", "doctor"])("docs/measure.md names every flag of `ea %s --help`", (command) => {
    const help = execFileSync(process.execPath, [EA, command, "--help"], { encoding: "utf8" });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag = ""]) => flag);
    const { text } = readPage("docs/measure.md");
    const common = ["--help", "--version"];
    expect(flags).toContain("--json");
    expect(flags.filter((flag) => !common.includes(flag) && !new RegExp(`\`${flag}[\` ]`).test(text))).toEqual([]);
  });

  it("docs/configuration.md names every key of both kinds of files", () => {
    const keys = [...keysOf(runner.ModelsConfig), ...keysOf(runner.ExperimentFile)];
    expect(keys).toContain("zero_probability");
    expect(unnamed("docs/configuration.md", keys)).toEqual([]);
  });

  it("docs/read-a-record.md names every field of records and plans", () => {
    const keys = [RecordJson, AttemptJson, PlanRowJson, ClaimJson, StatusJson].flatMap(keysOf);
    expect(keys).toContain("quantisation");
    expect(unnamed("docs/read-a-record.md", keys)).toEqual([]);
  });

  it("docs/from-the-original.md and defaults.ts agree about the constants", () => {
    const constants = Object.entries({ ...runner, MAX_MUTATION_ATTEMPTS }).filter(
      ([name]) => /^[A-Z_]+$/.test(name) && readPage("docs/from-the-original.md").text.includes(`\`${name}\``),
    );
    const table = Object.fromEntries(
      [...readPage("docs/from-the-original.md").text.matchAll(/^\| `([A-Z_]+)` +\| ([\d.]+) /gm)].map(
        ([, name, value]) => [name, Number(value)],
      ),
    );
    expect(constants).toHaveLength(7);
    expect(table).toEqual({
      ...Object.fromEntries(constants),
      MIN_LOG_FILE_SIZE_BYTES: 1000,
      SCALE_FACTOR_MIN: 0.5,
      SCALE_FACTOR_MAX: 1.5,
    });
  });

  it("the README's diagram is what the packages import", () => {
    const diagram = readPage("README.md").blocks.find(({ language }) => language === "mermaid")?.text ?? "";
    const drawn = [...diagram.matchAll(/^ {2}(\S+) --> (\S+)$/gm)].map(([, from, to]) => `${from} ${to}`);
    expect(drawn.toSorted()).toEqual(imports().toSorted());
  });

  it("every npm script that a page names exists", () => {
    const scripts = Object.keys(manifestOf(".").scripts ?? {});
    const texts = [...pages, readPage("CONTRIBUTING.md")].map(({ text }) => text).join("\n");
    const named = [...texts.matchAll(/npm run ([a-z]+)/g)].map(([, name = ""]) => name);
    expect(named).toContain("quickstart");
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });
});

/** All keys of a schema and of everything inside it. */
function keysOf(schema: { toJSONSchema(options: { unrepresentable: "any" }): unknown }): readonly string[] {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("properties" in value) for (const key of Object.keys(Object(value.properties))) keys.add(key);
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(schema.toJSONSchema({ unrepresentable: "any" }));
  return [...keys];
}

function unnamed(path: string, keys: readonly string[]): readonly string[] {
  const { text } = readPage(path);
  return keys.filter((key) => !text.includes(`\`${key}\``));
}

function packageReadmes(): readonly Page[] {
  return packagePaths()
    .map((path) => join(path, "README.md"))
    .filter((path) => existsSync(join(ROOT, path)))
    .map(readPage);
}

function packagePaths(): readonly string[] {
  return readdirSync(join(ROOT, "packages")).map((name) => join("packages", name));
}

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(path: string): Manifest {
  const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, path, "package.json"), "utf8"));
  return manifest;
}

/** `runner mutator` for every package of the workspace that another one uses; the CLI bundles, so that its are for building only. */
function imports(): readonly string[] {
  const short = (name: string): string => name.replace("@ea/", "");
  return [...packagePaths(), "apps/cli"].map(manifestOf).flatMap(({ name, dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...(name === "@ea/cli" && devDependencies) })
      .filter(([, version]) => version.startsWith("workspace:"))
      .map(([used]) => `${short(name)} ${short(used)}`),
  );
}
