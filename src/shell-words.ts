/** A word as a shell takes it for one, in quotes where it needs them. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** Words as one command line that can be copied into a shell. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}
