/** Command lines in pages, as far as pages use the shell. */

/** The command lines of a block: comments are left out, `&&` parts two, and lines that end in a backslash continue. */
export function commandLines(lines: readonly string[]): string[] {
  return lines
    .join("\n")
    .replaceAll("\\\n", " ")
    .split("\n")
    .flatMap((line) => line.replace(/(^|\s)#.*$/, "").split("&&"))
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/**
 * The words of a command line: quotes keep words together, nothing else is expanded.
 * @throws Error where a quote is not closed.
 */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (const letter of line) {
    if (quote !== "") {
      if (letter === quote) quote = "";
      else word += letter;
    } else if (letter === "'" || letter === '"') {
      quote = letter;
      word ??= "";
    } else if (/\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + letter;
  }
  if (quote !== "") throw new Error(`a quote is not closed: ${line}`);
  return word === undefined ? words : [...words, word];
}

/** The words of Narrows on a command line, after `narrows` or `npx narrows`; undefined where it runs something else. */
export function narrowsWords(line: string): string[] | undefined {
  const words = wordsOf(line);
  const start = words[0] === "exec" ? 1 : 0;
  if (words[start] === "narrows") return words.slice(start + 1);
  if (words[start] === "npx" && words[start + 1] === "narrows") return words.slice(start + 2);
  return undefined;
}
