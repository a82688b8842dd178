/** The one reader of blocks in pages: README.md, docs/ and site/. */

/** A block of a page that is shown as it is typed. */
export interface Block {
  /** Path of the page. */
  readonly page: string;
  /** Line of the page where the text of the block begins, counted from 1. */
  readonly line: number;
  /** What stands after the three backticks: `sh`, `ts` and so on; an indented block has none. */
  readonly language: string | undefined;
  /** The file that the block is, as in "```yaml [my.yaml]". */
  readonly file: string | undefined;
  readonly lines: readonly string[];
}

/** What a block is, which decides how it is tested. */
export type BlockKind = "commands" | "typescript" | "javascript" | "yaml" | "python" | "table" | "output";

const KIND_OF_LANGUAGE: Readonly<Record<string, BlockKind>> = {
  ...{ sh: "commands", ts: "typescript", js: "javascript", yaml: "yaml", python: "python" },
  // A script for a scheduler, with commands in it.
  bash: "commands",
  ...{ csv: "table", text: "output" },
};

/** Every fenced and every indented block of a page, in order. */
export function blocksOf(page: string, text: string): Block[] {
  const lines = text.split("\n");
  const blocks: Block[] = [];
  let inList = false;
  for (let k = 0; k < lines.length; k++) {
    const line = lines[k]!;
    const [, indent, language, rest] = /^(\s*)```(\S*)(.*)$/.exec(line) ?? [];
    if (language !== undefined) {
      const end = lines.findIndex((other, at) => at > k && other.trim() === "```");
      if (end < 0) throw new Error(`${page}:${k + 1}: the block is not closed`);
      const [, file] = /\[([^\]]+)\]/.exec(rest!) ?? [];
      const inside = lines.slice(k + 1, end).map((each) => each.slice(indent!.length));
      blocks.push({ page, line: k + 2, language, file, lines: inside });
      k = end;
    } else if (/^ {4}\S/.test(line) && !inList && (lines[k - 1] ?? "") === "") {
      let end = k;
      while (end < lines.length && /^( {4}|\s*$)/.test(lines[end]!)) end++;
      const inside = lines.slice(k, end).map((each) => each.slice(4));
      while (inside.at(-1) === "") inside.pop();
      blocks.push({ page, line: k + 1, language: undefined, file: undefined, lines: inside });
      k = end - 1;
    } else if (/^\s*([-*]|\d+\.)\s/.test(line)) inList = true;
    else if (/^\S/.test(line)) inList = false;
  }
  return blocks;
}

/**
 * What a block is. Indented blocks are commands; any other text is fenced and says what it is.
 * @throws Error for a language that no test knows.
 */
export function kindOf({ page, line, language }: Block): BlockKind {
  if (language === undefined) return "commands";
  const kind = KIND_OF_LANGUAGE[language];
  if (kind !== undefined) return kind;
  const known = Object.keys(KIND_OF_LANGUAGE).join(", ");
  throw new Error(`${page}:${line}: no test knows blocks of "${language}"; there are ${known}`);
}
