import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./markdown.ts";

/** A project outside of this workspace that has some of its packages installed from their tarballs. */
export interface PlainProject {
  readonly path: string;
  /** What a program prints; a failure throws with what it said. */
  readonly run: (command: string, args: readonly string[]) => string;
  readonly write: (name: string, text: string) => void;
  readonly remove: () => void;
}

/** Packs packages and unpacks them where npm would put them; dependencies from elsewhere are linked. */
export function plainProject(names: readonly string[]): PlainProject {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "ea-plain-")));
  const { PATH, HOME } = process.env;
  const run = (command: string, args: readonly string[]): string =>
    execFileSync(command, args, { cwd: path, encoding: "utf8", env: { PATH, HOME } });
  mkdirSync(join(path, "node_modules/@ea"), { recursive: true });
  for (const name of names) install(path, name, run);
  const write = (name: string, text: string): void => writeFileSync(join(path, name), text);
  write("package.json", JSON.stringify({ name: "plain", private: true }));
  return { path, run, write, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function install(path: string, name: string, run: PlainProject["run"]): void {
  const home = join(ROOT, "packages", name);
  execFileSync(join(ROOT, "node_modules/.bin/pnpm"), ["pack", "--pack-destination", path], {
    cwd: home,
    stdio: "ignore",
  });
  const tarball = readdirSync(path).find((file) => file.endsWith(".tgz")) ?? "";
  run("tar", ["-xzf", tarball]);
  rmSync(join(path, tarball));
  const unpacked = join(path, "node_modules/@ea", name);
  renameSync(join(path, "package"), unpacked);
  const manifest: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(unpacked, "package.json"), "utf8"),
  );
  for (const dependency of Object.keys(manifest.dependencies ?? {})) {
    const link = join(path, "node_modules", dependency);
    if (dependency.startsWith("@ea/") || existsSync(link)) continue;
    symlinkSync(realpathSync(join(home, "node_modules", dependency)), link);
  }
}
