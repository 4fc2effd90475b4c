// What a command shows on a terminal of its own, escape codes and all.
import { spawn } from "node:child_process";

/** The window in which the pictures of the README are taken. */
export const WINDOW = { columns: 132, rows: 19 };

/** Runs a command line of the shell in a pseudo-terminal, and resolves to everything it has shown. */
export function recordTerminal(commandLine, cwd) {
  const line = `stty cols ${WINDOW.columns} rows ${WINDOW.rows}; exec ${commandLine}`;
  const child = spawn("script", ["-qefc", line, "/dev/null"], {
    cwd,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, TERM: "xterm-256color", CI: "", LC_ALL: "C.UTF-8" },
  });
  let screen = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    screen += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(screen);
      else reject(new Error(`expected exit code 0 of ${commandLine}, found ${code}\n${screen}`));
    });
  });
}

const ESCAPE = String.fromCodePoint(27);

/** The same up to a moment in the middle: the last one that shows an epoch of a training while at most `share` of the runs are done. */
export function untilShare(shown, share) {
  const frames = shown.split(new RegExp(`(?=${ESCAPE}\\[\\d+A${ESCAPE}\\[J)`));
  const last = frames.findLastIndex((frame) => {
    const [, done, of] = /^[^J]*J[^\s[]+ (\d+)\/(\d+) ok/.exec(frame) ?? [];
    return done !== undefined && Number(done) <= share * Number(of) && /epoch \d+\//.test(frame);
  });
  if (last < 0) throw new Error("expected the live view in the middle of a training, found none");
  return frames.slice(0, last + 1).join("");
}
