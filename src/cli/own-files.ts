/** The files with parts of one's own that a command line names, before it is read: `--with FILE` and `--with=FILE`. */
export function ownFilesIn(words: readonly string[]): string[] {
  return words.flatMap((word, k) => {
    if (word.startsWith("--with=")) return [word.slice("--with=".length)];
    const next = words[k + 1];
    return word === "--with" && next !== undefined && !next.startsWith("-") ? [next] : [];
  });
}
