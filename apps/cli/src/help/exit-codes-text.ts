import { EXIT } from "../exit-codes.ts";

const MEANINGS: readonly (readonly [codes: readonly number[], meaning: string])[] = [
  [[EXIT.ok], "everything succeeded"],
  [[EXIT.unexpected], "an unexpected error of ea itself, or of the system under it"],
  [[EXIT.usage], "wrong usage or configuration; nothing was started"],
  [[EXIT.notFit], "not fit: --require, --gate refuse, or a full disk; of ea doctor: no source of energy can be read"],
  [[EXIT.finishedWithFailures], "finished, with failed, suspect or missing runs"],
  [[EXIT.auditFound], "only of ea audit: it found errors; with --strict also warnings"],
  [[EXIT.notMeasured], "only of ea measure: a fault of its own, or a command that could not be started"],
  [[EXIT.interrupted, EXIT.terminated], "interrupted: by Ctrl-C, or by SIGTERM or a lost terminal"],
];

/** What `ea help exit-codes` prints. */
export function exitCodesText(): string {
  const lines = MEANINGS.map(([codes, meaning]) => `  ${codes.join(", ").padEnd(10)}${meaning}`);
  return [
    "What the exit code of ea says",
    "",
    ...lines,
    "",
    "ea measure ends with its command's own code, and with 128 + signal when that was killed.",
    "",
  ].join("\n");
}
