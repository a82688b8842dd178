/**
 * Control and format characters, halves of surrogate pairs, and the separators of lines and paragraphs: a terminal or a
 * browser obeys them instead of showing them. Joiners stay: words of several scripts are spelt with them.
 */
const OBEYED = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * Text of one line as it may be shown to a person, wherever it came from: what would move the cursor, colour, hide or
 * reorder (C0, C1, escape sequences, bidirectional overrides) is written as `\x1b`, `\u202e`, `\n`. Done twice, it changes nothing.
 */
export function visibleText(text: string): string {
  return text.replace(OBEYED, (character) => SHORT[character] ?? codeOf(character));
}

/** As {@link visibleText}, of text whose line breaks and tabs are meant. */
export function visibleLines(text: string): string {
  return text.replace(/[^\n\t]+/g, visibleText);
}

/** A JSON document with the same content whose own text is {@link visibleText}: strings are escaped as JSON escapes them. */
export function visibleJson(json: string): string {
  return json.replace(OBEYED, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

function codeOf(character: string): string {
  const digits = character.codePointAt(0)!.toString(16);
  if (digits.length <= 2) return `\\x${digits.padStart(2, "0")}`;
  return digits.length <= 4 ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}
