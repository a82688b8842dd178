/** How a page of plain Markdown says where a piece stands: a comment, which other readers of the file do not show. */
import { KINDS, type KindName } from "./kinds.js";

const MARKER = /^<!-- live: (.+) -->$/;

/**
 * The piece that a line of Markdown asks for, as in `<!-- live: plane -->`.
 * @returns undefined for any other text.
 * @throws Error for a piece that there is not.
 */
export function pieceOf(text: string): KindName | undefined {
  const [, name] = MARKER.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  if (!Object.hasOwn(KINDS, name))
    throw new Error(`"${name}" is no live piece: there are ${Object.keys(KINDS).join(", ")}`);
  return name as KindName;
}
