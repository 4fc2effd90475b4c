import { spawn } from "node:child_process";

/**
 * Reads marks from its standard input, which ends when the process that started it ends, however it ends. Then it ends
 * every process that carries the tag or one of the last two marks, a training's and that of a load beside it: SIGTERM,
 * and SIGKILL within two seconds. Not the one that started it, which may only be ending as it should, and may still have
 * the mark.
 */
const SCRIPT = `
trap '' INT TERM HUP
mark=none
before=none
while read -r line; do before=$mark; mark=$line; done
tagged() {
  {
    grep -lsxzF -e "$0" /proc/[0-9]*/environ
    grep -lsE "^Max msgqueue size +($mark|$before) " /proc/[0-9]*/limits
  } | cut -d/ -f3 | grep -vx "$PPID" | sort -u
}
pids=$(tagged); [ -z "$pids" ] && exit 0
kill -TERM $pids 2>/dev/null
for pause in 0.8 0.3 0.3; do
  sleep $pause
  pids=$(tagged); [ -z "$pids" ] && exit 0
  kill -KILL $pids 2>/dev/null
done
`;

/** A running watchdog. */
export interface Watchdog {
  /** Tells it the inherited resource limit of the training that runs now, by which it finds daemons without the tag. */
  readonly mark: (limitBytes: number) => void;
}

/**
 * Starts one watchdog for this process: when it is killed, every process with `tag` in its environment is ended, the
 * trainings and the meters' sidecars alike. A shell, because it has to be small and to outlive us.
 *
 * @param tag environment entry, `NAME=value`.
 * @param environment for the watchdog itself; must not contain the tag.
 */
export function startWatchdog(tag: string, environment: Readonly<Record<string, string | undefined>>): Watchdog {
  const watchdog = spawn("/bin/sh", ["-c", SCRIPT, tag], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
    env: { ...environment },
  });
  // Without a watchdog the session still works: only a SIGKILL of this very process would leave trainings behind
  watchdog.on("error", () => undefined);
  watchdog.stdin.on("error", () => undefined);
  watchdog.unref();
  if ("unref" in watchdog.stdin && typeof watchdog.stdin.unref === "function") watchdog.stdin.unref();
  return { mark: (limitBytes) => void watchdog.stdin.write(`${limitBytes}\n`) };
}
