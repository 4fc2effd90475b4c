import type { Meter, SourceState } from "@ea/energy";
import type { Flag, PlanRow } from "@ea/records";
import type { Clock } from "./clock.ts";
import { coolDown } from "./cool-down.ts";
import { COOL_DOWN_MAX_SECONDS, IDLE_SECONDS } from "./defaults.ts";
import type { OnEvent } from "./events.ts";
import { type IdleBand, idleBandText } from "./idle-band.ts";
import { makeIdleDirectory, writeIdle } from "./idle-directory.ts";
import { measureIdle } from "./measure-idle.ts";
import type { Settings } from "./settings.ts";

/** What resting needs. */
export interface RestContext {
  readonly meters: readonly Meter[];
  readonly sources: readonly SourceState[];
  readonly settings: Settings;
  /** What idle power is measured in: the session's directory, or that of the first row of a part. */
  readonly idleParent: string;
  readonly clock: Clock;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal;
}

/** Whether this machine can tell when it has come to rest. */
function canTell({ settings, sources }: RestContext): boolean {
  const isCounted = (name: string): boolean => !name.endsWith("_estimate");
  return settings.sleep && settings.coolDown === "idle" && sources.some(({ provides }) => provides.some(isCounted));
}

/** Watches idle power before the first row or after the last; no bands where that is not asked for, or not possible. */
export async function restAtIdle(when: "before" | "after", context: RestContext): Promise<readonly IdleBand[]> {
  if (!canTell(context) || context.signal.aborted) return [];
  const { meters, idleParent, clock, onEvent } = context;
  onEvent({ type: "sleeping", seconds: IDLE_SECONDS, reason: "idle" });
  const startedAt = clock.now();
  try {
    const directory = await makeIdleDirectory(idleParent);
    const bands = await measureIdle(meters, directory, context);
    if (!context.signal.aborted) await writeIdle(directory, { when, startedAt, bands });
    return bands;
  } catch (error) {
    // Without a baseline the session is as good as it was before there were any
    const why = error instanceof Error ? error.message : String(error);
    onEvent({ type: "warning", code: "idle", message: `idle power was not measured: ${why}` });
    return [];
  }
}

/**
 * Rests between two rows, so that one does not heat the next: until power and temperature are back in their idle bands, or,
 * where these are not known, by the clock, longer between rows of different experiments.
 *
 * @returns the flags of the row that comes next.
 */
export async function restBetween(
  previous: Pick<PlanRow, "experiment"> | undefined,
  next: Pick<PlanRow, "experiment">,
  bands: readonly IdleBand[],
  context: RestContext,
): Promise<readonly Flag[]> {
  const { settings, signal, clock, onEvent, meters } = context;
  if (!previous || !settings.sleep || signal.aborted) return [];
  const isSame = previous.experiment === next.experiment;
  let seconds = isSame ? settings.runSleepSeconds : settings.configSleepSeconds;
  if (bands.length > 0) {
    onEvent({ type: "sleeping", seconds: COOL_DOWN_MAX_SECONDS, reason: "cool-down" });
    const cooled = await coolDown(meters, bands, context);
    if (!cooled.isBlind) return warmFlags(cooled.above, cooled.seconds, signal);
    seconds -= cooled.seconds;
  }
  if (seconds > 0) {
    onEvent({ type: "sleeping", seconds, reason: isSame ? "run" : "configuration" });
    await clock.sleep(seconds, signal);
  }
  return [];
}

function warmFlags(above: readonly IdleBand[], seconds: number, signal: AbortSignal): readonly Flag[] {
  if (above.length === 0 || signal.aborted) return [];
  const message = `not back at idle after ${seconds.toFixed(0)} s when the run began: ${above.map(idleBandText).join(", ")}`;
  return [{ code: "warm-start", severity: "warning", message, evidence: { above } }];
}
