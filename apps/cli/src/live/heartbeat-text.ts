import { seconds } from "../format.ts";
import type { LiveState } from "./live-state.ts";

/** That a session still goes on, in one line: `12 of 40 runs ended; run 12 digits/mlp epochs=3, attempt 1, epoch 2/3, 25 min, gpu 243 W`. */
export function heartbeatText({
  planned,
  completed,
  failed,
  suspect,
  run,
  resting,
  sensors,
  remaining,
}: LiveState): string {
  const parts = [
    run && `run ${run.row} ${run.name}`,
    run?.attempt !== undefined && resting === undefined && `attempt ${run.attempt}`,
    resting,
    resting === undefined && run?.progress,
    run?.attempt !== undefined && resting === undefined && seconds(run.elapsedSeconds),
    ...sensors.map(({ name, watts, isEstimate }) => `${name} ${watts.toFixed(1)} W${isEstimate ? " (estimated)" : ""}`),
    remaining && `about ${seconds(remaining.seconds)} left`,
  ];
  const words = parts.filter((part) => typeof part === "string");
  return [
    `${completed + failed + suspect} of ${planned} runs ended`,
    ...(words.length > 0 ? [words.join(", ")] : []),
  ].join("; ");
}
