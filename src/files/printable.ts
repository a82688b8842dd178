const LONGEST = 80;

/** A text out of an untrusted file, quoted, on one line, cut, and without the codes that command a terminal. */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return `"${cut.replace(/[^\x20-\x7e]/g, "?")}"`;
}
