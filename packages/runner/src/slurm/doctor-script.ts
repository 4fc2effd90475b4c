import { quote } from "./batch-script.ts";

/** Exit codes of the doctor's job: what a node that cannot answer in the directory says all the same. */
export const NODE_EXIT = { notVisible: 31, notWritable: 32 } as const;

/**
 * The script of a tiny job that looks at a node: shell alone, so that it answers where no node.js is. It leaves `answer`, a
 * line for each finding, and `doctor.json`.
 */
export function doctorScript({
  directory,
  ea,
  setup,
}: {
  readonly directory: string;
  readonly ea: readonly string[];
  readonly setup: readonly string[];
}): string {
  const [program = ""] = ea;
  const command = ea.map(quote).join(" ");
  return [
    "#!/bin/bash",
    `directory=${quote(directory)}`,
    `nonce=$(cat "$directory/nonce" 2>/dev/null) || exit ${NODE_EXIT.notVisible}`,
    `date +%s.%N > "$directory/clock" || exit ${NODE_EXIT.notWritable}`,
    'cd "$directory" || exit 31',
    ...setup,
    `version=$(${command} --version 2> ea.err); ea_exit=$?`,
    `if [ "$ea_exit" = 0 ]; then ${command} doctor --json > doctor.json 2> doctor.err; fi`,
    "{",
    "  printf 'host %s\\n' \"$(hostname)\"",
    "  printf 'nonce %s\\n' \"$nonce\"",
    `  printf 'program %s\\n' "$(command -v ${quote(program)} 2>&1)"`,
    `  printf 'node %s\\n' "$(${quote(program)} --version 2>&1 | tail -n 1)"`,
    "  printf 'ea %s\\n' \"$version\"",
    "  printf 'ea_exit %s\\n' \"$ea_exit\"",
    "  printf 'gpus %s\\n' \"$CUDA_VISIBLE_DEVICES\"",
    `} > answer.tmp && mv answer.tmp answer || exit ${NODE_EXIT.notWritable}`,
    "",
  ].join("\n");
}
