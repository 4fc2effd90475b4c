import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** A Python that has a package, or the reason why there is none. */
export type FoundPython = { readonly python: string } | { readonly reason: string };

/**
 * A Python with a package: the one on PATH, or that of `.venv/<name>` in this package. Where `version` is given, the latter
 * is made when it is missing, which takes PyPI and a minute.
 */
export function pythonWith(name: string, version?: string): FoundPython {
  const environment = here(`../.venv/${name}`);
  const own = `${environment}/bin/python`;
  const found = ["python3", ...(existsSync(own) ? [own] : [])].find((python) => has(python, name));
  if (found !== undefined) return { python: found };
  const reason = `${name} is not installed for python3 or in packages/exchange/.venv/${name}`;
  if (version === undefined) return { reason };
  try {
    execFileSync("python3", ["-m", "venv", "--clear", environment], { stdio: "pipe" });
    const install = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--retries",
      "1",
      "--timeout",
      "10",
    ];
    execFileSync(own, [...install, `${name}==${version}`], { stdio: "pipe", timeout: 100_000 });
    if (has(own, name)) return { python: own };
    return { reason };
  } catch (error) {
    return { reason: `${reason}, and cannot be: ${String(error).split("\n", 1)[0]}` };
  }
}

/** The JSON that a Python program prints. */
export function pythonJson(python: string, program: string, ...args: readonly string[]): unknown {
  const text = execFileSync(python, ["-c", program, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  return JSON.parse(text.trimEnd().split("\n").at(-1) ?? "");
}

function has(python: string, name: string): boolean {
  try {
    execFileSync(python, ["-c", `import ${name}`], { stdio: "ignore", timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}
