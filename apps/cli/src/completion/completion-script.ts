import type { SHELLS } from "./shells.ts";

/** Each asks `ea __complete` with the words up to the cursor; without an answer files are completed. */
const SCRIPTS: Readonly<Record<(typeof SHELLS)[number], string>> = {
  bash: `# Completion of ea for bash: eval "$(ea completion bash)"
_ea() {
  mapfile -t COMPREPLY < <("\${COMP_WORDS[0]}" __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _ea ea
`,
  zsh: `#compdef ea
# Completion of ea for zsh: eval "$(ea completion zsh)", after compinit
_ea() {
  local -a found
  found=("\${(@f)$("\${words[1]}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -a found; else _files; fi
}
compdef _ea ea
`,
  fish: `# Completion of ea for fish: ea completion fish | source
complete -c ea -a '(ea __complete (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`,
};

/** The script that a shell reads. */
export function completionScript(shell: (typeof SHELLS)[number]): string {
  return SCRIPTS[shell];
}
