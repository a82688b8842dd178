/** A comment, or the text of a string or template literal, and the offset at which it begins in its file. */
export interface SourceText {
  readonly text: string;
  readonly at: number;
}

// Everything that could hide the beginning of a comment or literal: a regular expression stands only where a value may begin.
const PIECE =
  /\/\*[\s\S]*?\*\/|(?:\/\/[^\n]*\n[ \t]*)+|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`|[{}]|(?<=(?:[(,=:[!&|?{};\n+]|=>|return)\s*)\/(?![/*])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

/**
 * Separates the words of a TypeScript source from its code.
 * @returns its comments and literals in their order, and the source with spaces in their places.
 */
export function sourceTexts(source: string): { readonly texts: SourceText[]; readonly code: string } {
  const texts: SourceText[] = [];
  let code = "";
  let end = 0;
  // For each brace that is open: whether a template goes on behind it.
  const open: boolean[] = [];
  const take = (from: number, to: number) => {
    const text = source.slice(from, to);
    texts.push({ text, at: from });
    code += source.slice(end, from) + text.replace(/[^\n]/g, " ");
    end = to;
  };
  PIECE.lastIndex = 0;
  for (let piece = PIECE.exec(source); piece; piece = PIECE.exec(source)) {
    const { index, 0: found } = piece;
    if (found === "{") open.push(false);
    else if (found === "`" || (found === "}" && open.pop())) {
      TEMPLATE.lastIndex = index + 1;
      const [text] = TEMPLATE.exec(source) ?? [""];
      take(index, index + 1 + text.length);
      if (text.endsWith("${")) open.push(true);
      PIECE.lastIndex = end;
    } else if (found !== "}") take(index, index + found.length);
  }
  return { texts, code: code + source.slice(end) };
}
