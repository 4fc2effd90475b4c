// Runs a command on a pseudo-terminal and keeps what its screen shows at one moment and at its end.
import { spawn } from "node:child_process";
import headless from "@xterm/headless";

/**
 * Lines of the screen, as `terminalSvg` takes them, when `isWanted` first holds for its text; the command goes on to its end.
 *
 * @throws when the command fails, or the moment never comes.
 */
export async function recordTerminal(command, { columns, rows, cwd, environment, isWanted }) {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const line = `stty cols ${columns} rows ${rows}; exec "$@"`;
  const shell = ["sh", "-c", line, "sh", ...command].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const child = spawn("script", ["-qefc", shell, "/dev/null"], { cwd, env: environment });
  let wanted;
  let written = Promise.resolve();
  const look = () => {
    const lines = screenOf(terminal);
    if (isWanted(textOf(lines))) wanted ??= lines;
  };
  child.stdout.on("data", (bytes) => {
    written = written.then(() => new Promise((resolve) => terminal.write(bytes, resolve))).then(look);
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  await written;
  const end = screenOf(terminal);
  if (code !== 0) throw new Error(`expected exit code 0 of ${command.join(" ")}, found ${code}:\n${textOf(end)}`);
  if (!wanted) throw new Error(`expected the screen to be as wanted at some time, its end was:\n${textOf(end)}`);
  return wanted;
}

function textOf(lines) {
  return lines.map((pieces) => pieces.map(({ text }) => text).join("")).join("\n");
}

/** What is to be seen of the buffer, without empty lines at its end. */
function screenOf({ buffer: { active }, rows, cols }) {
  const lines = Array.from({ length: rows }, (_, row) => piecesOf(active.getLine(active.viewportY + row), cols));
  return lines.slice(0, lines.findLastIndex((line) => line.length > 0) + 1);
}

/** Cells that look alike in one piece each; blanks at the end are left out. */
function piecesOf(line, columns) {
  const pieces = [];
  for (let column = 0; line && column < columns; column += 1) {
    const cell = line.getCell(column);
    const text = cell.getChars() || " ";
    const colour = cell.isFgDefault() ? undefined : cell.getFgColor();
    const isDim = cell.isDim() !== 0;
    const last = pieces.at(-1);
    if (last && last.colour === colour && last.isDim === isDim) last.text += text;
    else pieces.push({ column, text, colour, isDim });
  }
  const trimmed = pieces.at(-1)?.text.trimEnd();
  if (trimmed !== undefined) pieces.at(-1).text = trimmed;
  return pieces.filter(({ text }) => text.trim() !== "");
}
