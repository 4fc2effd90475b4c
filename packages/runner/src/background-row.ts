import { backgroundToJson, type Environment, type PlannedBackground, type PlanRow } from "@ea/records";
import type { Clock } from "./clock.ts";
import type { OnEvent } from "./events.ts";
import type { RowRequest } from "./run-row.ts";
import type { OpenSession } from "./session-options.ts";
import type { TrainingScript } from "./training-script.ts";
import type { WorkingCopies } from "./working-copies.ts";

/** What finding a place for the load beside a row needs. */
interface BesideContext {
  readonly copies: WorkingCopies;
  readonly onEvent: OnEvent;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What a row of mode `parallel` has beside it. */
export async function besideRow(
  { background, ...row }: PlanRow,
  { scripts, settings }: Pick<OpenSession, "scripts" | "settings">,
  { copies, onEvent, clock, signal }: BesideContext,
  factsOf: (script: TrainingScript, repository: string) => Promise<Environment>,
): Promise<Pick<RowRequest, "background" | "backgroundFacts">> {
  if (!background) return {};
  const placed = copies.of({ ...row, background });
  const original = scripts.get(background.repository);
  if (!placed || !original) throw new RangeError(`the load beside row ${row.row} has no place`);
  const headStart = async ({ headStartSeconds: seconds }: PlannedBackground): Promise<void> => {
    if (!settings.sleep || seconds === 0) return;
    onEvent({ type: "sleeping", seconds, reason: "background" });
    await clock.sleep(seconds, signal);
  };
  return {
    background: { planned: background, script: placed.script, workingCopy: placed.state, headStart },
    backgroundFacts: backgroundToJson(background, await factsOf(original, background.repository)),
  };
}
