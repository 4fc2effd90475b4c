import type { SessionStanding } from "@ea/runner";

/** How a session stands, for programs: the document of `ea status --json`. */
export function standingJson(standing: SessionStanding): Record<string, unknown> {
  const { session, directory, state, isToStop, planned, completed, failed, suspect, status } = standing;
  return {
    session,
    directory,
    state,
    stop_requested: isToStop,
    planned,
    completed,
    failed,
    suspect,
    left: planned - completed - failed - suspect,
    current: status?.current ?? null,
    writer: status?.writer ?? null,
    updated_at: status?.updated_at ?? null,
  };
}
