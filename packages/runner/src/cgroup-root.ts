import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";

/** Where control groups of version 2 are, and which one this process is in. */
export interface CgroupRoot {
  /** Where the file system is mounted. */
  readonly mount: string;
  /** Directory of this process's own group. */
  readonly own: string;
}

/** Finds the hierarchy of version 2, alone or beside version 1; `undefined` where there is none, or it shows no group of ours. */
export function findCgroupRoot(procRoot = "/proc"): CgroupRoot | undefined {
  const [mountinfo, membership] = ["mountinfo", "cgroup"].map((name) => read(join(procRoot, "self", name)));
  const [, root, mount] = /^\d+ \d+ \S+ (\S+) (\S+) .* - cgroup2 /m.exec(mountinfo ?? "") ?? [];
  const [, path] = /^0::(\/.*)$/m.exec(membership ?? "") ?? [];
  if (root === undefined || mount === undefined || path === undefined || path.startsWith("/..")) return undefined;
  if (root !== "/" && path !== root && !path.startsWith(root + sep)) return undefined;
  return { mount, own: resolve(mount, `.${root === "/" ? path : path.slice(root.length)}`) };
}

/** Directories below a group that this project has made, for trainings of one tag or of all. */
export function ourCgroups(mount: string, prefix: string): readonly string[] {
  const found: string[] = [];
  const visit = (directory: string): void => {
    for (const entry of entries(directory)) {
      const path = join(directory, entry);
      if (entry.startsWith(prefix)) found.push(path);
      else visit(path);
    }
  };
  visit(mount);
  return found;
}

/** Groups inside a group, the innermost first. */
export function groupsWithin(path: string): readonly string[] {
  return entries(path).flatMap((entry) => [...groupsWithin(join(path, entry)), join(path, entry)]);
}

function entries(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch (error) {
    if (error instanceof Error && "code" in error) return []; // removed meanwhile, or not ours to see
    throw error;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
