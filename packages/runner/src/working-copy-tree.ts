import { constants, copyFile, mkdir, readdir, readlink, symlink } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

/** What never belongs to a copy, wherever it is. */
const LEFT_OUT = new Set([".git", "__pycache__"]);

/** Whether a path is a directory or something in it. */
export function isInside(path: string, directory: string): boolean {
  const steps = relative(directory, path);
  return steps === "" || !(steps === ".." || steps.startsWith("../") || isAbsolute(steps));
}

/**
 * Copies a directory, without `.git`: blocks of files are shared where the file system can, until one of them is written
 * to. A symbolic link that stays inside points into the copy; one that leads out points where it did, and is not followed.
 * Sockets, pipes and devices are left out.
 *
 * @param leftOut absolute paths that are not copied.
 */
export async function copyTree(
  source: string,
  target: string,
  { leftOut, signal }: { readonly leftOut: readonly string[]; readonly signal: AbortSignal },
): Promise<void> {
  const copy = async (from: string, to: string): Promise<void> => {
    await mkdir(to);
    for (const entry of await readdir(from, { withFileTypes: true })) {
      signal.throwIfAborted();
      const [inside, outside] = [join(from, entry.name), join(to, entry.name)];
      if (LEFT_OUT.has(entry.name) || leftOut.includes(inside)) continue;
      if (entry.isDirectory()) await copy(inside, outside);
      else if (entry.isFile()) await copyFile(inside, outside, constants.COPYFILE_FICLONE);
      else if (entry.isSymbolicLink()) await symlink(linkTarget(inside, await readlink(inside)), outside);
    }
  };
  const linkTarget = (link: string, written: string): string => {
    const pointsTo = resolve(dirname(link), written);
    if (!isInside(pointsTo, source)) return pointsTo;
    return relative(dirname(link), pointsTo) || ".";
  };
  await copy(source, target);
}
