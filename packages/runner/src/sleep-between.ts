import type { PlanRow } from "@ea/records";
import type { Clock } from "./clock.ts";
import type { OnEvent } from "./events.ts";
import type { Settings } from "./settings.ts";

/** Sleeps between two rows, so that one does not heat the next: longer between rows of different experiments. */
export async function sleepBetween(
  previous: PlanRow | undefined,
  next: PlanRow,
  settings: Settings,
  { clock, onEvent, signal }: { readonly clock: Clock; readonly onEvent: OnEvent; readonly signal: AbortSignal },
): Promise<void> {
  if (!previous || !settings.sleep || signal.aborted) return;
  const isSame = previous.experiment === next.experiment;
  const seconds = isSame ? settings.runSleepSeconds : settings.configSleepSeconds;
  if (seconds === 0) return;
  onEvent({ type: "sleeping", seconds, reason: isSame ? "run" : "configuration" });
  await clock.sleep(seconds, signal);
}
