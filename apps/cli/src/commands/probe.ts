import { resolve } from "node:path";
import { configError, type ProbeFindings, probe as probeRepository } from "@ea/runner";
import type { DoctorFlags } from "../doctor/doctor-options.ts";
import { probeReport, probeToJson } from "../doctor/probe-report.ts";
import { EXIT } from "../exit-codes.ts";
import { interruptible } from "../interruptible.ts";
import { tagSession } from "../session-tag.ts";
import { settingsFromFlags } from "../settings-from-flags.ts";
import type { Terminal } from "../terminal.ts";
import { TOOL_VERSION } from "../version.ts";

const TIMEOUT_SECONDS = 600;

/** `ea doctor --probe`: which hyperparameters change nothing. */
export async function probe(flags: DoctorFlags, terminal: Terminal): Promise<number> {
  const [repository, model, ...rest] = flags.probe ?? [];
  if (repository === undefined || model === undefined || rest.length > 0) {
    const message = `expected a repository and a model, found ${JSON.stringify(flags.probe)}; \`ea list\` shows what there is`;
    throw configError([{ file: undefined, path: "--probe", message }]);
  }
  const { timeoutSeconds = TIMEOUT_SECONDS } = settingsFromFlags({ timeout: flags.timeout });
  const { tag, watchdog, environment } = tagSession(terminal);
  const words = "Stopping: the training gets 10 s to end. Again to kill it now.";
  const { result, interruptedBy } = await interruptible(terminal, { words }, ({ signal, killSignal }) =>
    probeRepository({
      project: resolve(terminal.workingDirectory, flags.project ?? "."),
      configFile: flags.config,
      repository,
      model,
      timeoutSeconds,
      environment,
      tag,
      onMark: watchdog.mark,
      onTraining: ({ number, of, what }) => terminal.err(`[${number}/${of}] ${what}\n`),
      signal,
      killSignal,
    }).catch((error: unknown) => {
      if (signal.aborted && error === signal.reason) return undefined;
      throw error;
    }),
  );
  if (!result) return interruptedBy === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  terminal.out(
    flags.json ? `${JSON.stringify(probeToJson(result, TOOL_VERSION), undefined, 2)}\n` : probeReport(result),
  );
  return isSound(result) ? EXIT.ok : EXIT.finishedWithFailures;
}

function isSound({ problem, parameters }: ProbeFindings): boolean {
  return problem === undefined && parameters.every(({ verdict }) => ["effective", "undetermined"].includes(verdict));
}
