// What measuring adds to a command that keeps one core busy: `ea measure` beside CodeCarbon (1 s, offline), pair by pair.
// Needs python3 and, once, PyPI; SECONDS and ROUNDS change how long it takes (60 s, 3 rounds: 10 minutes).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createBars } from "./bars.mjs";
import { describeMachine, median, output } from "./compare.mjs";
import { findCodeCarbon } from "./peers.mjs";

const SECONDS = Number(process.env.SECONDS ?? 60);
const ROUNDS = Number(process.env.ROUNDS ?? 3);
const ea = fileURLToPath(new URL("../apps/cli/dist/bin.js", import.meta.url));

describeMachine();
const { missed, part, atMost, notMeasured } = createBars();
const directory = mkdtempSync(join(tmpdir(), "ea-bench-"));
try {
  await part(`A command of ${SECONDS} s on one core`, () => {
    const { reason, command: codecarbon } = findCodeCarbon();
    const work = loop(calibrate());
    const cases = {
      bare: work,
      ea: [process.execPath, ea, "measure", "--", ...work],
      ...(codecarbon && { codecarbon: [...codecarbon, ...work] }),
    };
    const rounds = Array.from({ length: ROUNDS }, (_, round) => {
      const order = Object.keys(cases);
      if (round % 2 === 1) order.reverse();
      const found = Object.fromEntries(order.map((name) => [name, timed(cases[name])]));
      console.log(order.map((name) => `${name} ${show(found[name])}`).join("   "));
      return found;
    });
    const added = (name, what) => median(rounds.map((round) => round[name][what] - round.bare[what]));
    for (const what of ["wall", "cpu"]) {
      console.log(`ea measure adds ${added("ea", what).toFixed(2)} s of ${what} time`);
      if (reason !== undefined) notMeasured(`${what} time beside CodeCarbon`, reason);
      else {
        const differences = rounds.map((round) => round.ea[what] - round.codecarbon[what]);
        console.log(`CodeCarbon adds ${added("codecarbon", what).toFixed(2)} s`);
        atMost(`${what} time of ea measure less that of CodeCarbon, worst pair`, Math.max(...differences), 0, "s");
      }
    }
  });
} finally {
  rmSync(directory, { recursive: true });
}
console.log(missed.length === 0 ? "\nNo bar was missed." : `\nMissed: ${missed.join("; ")}.`);
process.exitCode = missed.length === 0 ? 0 : 1;

/** A command that keeps a core busy for so many millions of steps. */
function loop(millions) {
  const step = "for (let i = 0; i < 1000000; i += 1) x = (x * 31 + i) % 1000003;";
  return [process.execPath, "-e", `let x = 0; for (let round = 0; round < ${millions}; round += 1) ${step}`];
}

/** Millions of steps that take SECONDS here. */
function calibrate() {
  const millions = 500;
  return Math.round((millions * SECONDS) / timed(loop(millions)).wall);
}

/** Wall and CPU seconds of a command with everything that it waited for. */
function timed(command) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1';
  const printed = output("bash", ["-c", `{ ${script}; } 2>&1`, "bash", ...command], { cwd: directory });
  const [wall, user, system] = printed.trim().split(" ").map(Number);
  return { wall, cpu: user + system };
}

function show({ wall, cpu }) {
  return `${wall.toFixed(2)} s wall, ${cpu.toFixed(2)} s CPU`;
}
