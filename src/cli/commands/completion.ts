import { choice } from "../../settings/index.js";
import { defineCommand } from "../command/define.js";

// The scripts ask `narrows __complete WORD...`, which prints a line for each word that may stand there: the word, a tab, and what
// it means; a line of a colon stands for names of files. No word goes through the shell's evaluation again.

const BASH = `# Completion of narrows in bash.
_narrows() {
  local word about files=
  COMPREPLY=()
  while IFS=$'\\t' read -r word about; do
    if [[ $word == : ]]; then files=1; else COMPREPLY+=("$word"); fi
  done < <(narrows __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ -z $files ]]; then compopt +o default 2>/dev/null; fi
}
complete -o default -F _narrows narrows
`;

const ZSH = `#compdef narrows
# Completion of narrows in zsh; to be loaded after compinit.
_narrows() {
  local word about files=
  local -a found
  while IFS=$'\\t' read -r word about; do
    if [[ $word == : ]]; then files=1; else found+=("\${word//:/\\\\:}:$about"); fi
  done < <(narrows __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( $#found )) && _describe -t words narrows found
  [[ -n $files ]] && _files
}
compdef _narrows narrows
`;

const FISH = `# Completion of narrows in fish.
function __narrows_complete
  set -l line (commandline -opc) (commandline -ct)
  for found in (narrows __complete $line[2..-1] 2>/dev/null)
    if test "$found" = :
      __fish_complete_path (commandline -ct)
    else
      echo $found
    end
  end
end
complete -c narrows -f -a '(__narrows_complete)'
`;

const SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;

export default defineCommand({
  arguments: {
    shell: choice(["bash", "zsh", "fish"], { about: "the shell in which narrows is used", required: true }),
  },
  details: `
The script completes commands, options, choices, names of runs, and files with the Tab key. It must find narrows by that name.`,
  examples: [
    "source <(narrows completion bash)                                       # in ~/.bashrc",
    "source <(narrows completion zsh)                                        # in ~/.zshrc, after compinit",
    "narrows completion fish > ~/.config/fish/completions/narrows.fish",
  ],
  async run({ shell }) {
    const script = SCRIPTS[shell];
    return { json: { shell, script }, text: script.trimEnd().split("\n") };
  },
});
