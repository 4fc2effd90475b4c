import { spawn } from "node:child_process";
import type { TreeMark } from "./supervise.ts";

/**
 * Reads from its standard input, which ends when the process that started it ends, however it ends. Then it puts back the
 * governors that it was told of, and ends every process that carries the tag or one of the last two marks (a
 * training's, and that of a load beside it), or is in the last control group: SIGTERM, and SIGKILL within two seconds. Not
 * the one that started it, which may only be ending as it should, and may still have the mark.
 */
const SCRIPT = `
trap '' INT TERM HUP
mark=none before=none cgroup=none governors=
newline='
'
while read -r kind rest; do
  case $kind in
    mark) before=$mark; mark=$rest ;;
    cgroup) cgroup=$rest ;;
    governor) governors="$governors$rest$newline" ;;
    restored) governors= ;;
  esac
done
printf '%s' "$governors" | while read -r value file; do echo "$value" > "$file"; done 2>/dev/null
tagged() {
  {
    grep -lsxzF -e "$0" /proc/[0-9]*/environ
    grep -lsE "^Max msgqueue size +($mark|$before) " /proc/[0-9]*/limits
    sed 's|.*|/proc/&/cgroup|' "$cgroup/cgroup.procs" 2>/dev/null
  } | cut -d/ -f3 | grep -vx "$PPID" | sort -u
}
finish() { rmdir "$cgroup" 2>/dev/null; exit 0; }
pids=$(tagged); [ -z "$pids" ] && finish
kill -TERM $pids 2>/dev/null
for pause in 0.8 0.3 0.3; do
  sleep $pause
  pids=$(tagged); [ -z "$pids" ] && finish
  [ "$cgroup" = none ] || echo 1 2>/dev/null > "$cgroup/cgroup.kill"
  kill -KILL $pids 2>/dev/null
done
sleep 0.1
finish
`;

/** A running watchdog. */
export interface Watchdog {
  /** Tells it by what it finds the processes of the training that runs now, daemons without the tag as well. */
  readonly mark: (mark: TreeMark) => void;
  /** Tells it the governor that each file had, to be put back; none: they have been. */
  readonly governors: (before: ReadonlyMap<string, string>) => void;
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
  const tell = (...lines: readonly string[]): void =>
    void watchdog.stdin.write(lines.map((line) => `${line}\n`).join(""));
  return {
    mark: ({ limitBytes, cgroup }) => tell(`mark ${limitBytes ?? "none"}`, `cgroup ${cgroup ?? "none"}`),
    governors: (before) => tell("restored", ...[...before].map(([file, governor]) => `governor ${governor} ${file}`)),
  };
}
