import { existsSync } from "node:fs";
import { writeFileAtomic } from "../files/atomic.js";
import { readText } from "../files/read.js";

/**
 * What was measured before under this key, read from its file; otherwise measured now and kept there, so that a reproduction that
 * was interrupted, or has one run more, measures no run twice.
 * @throws UserError when the file cannot be written.
 */
export async function kept<Measures>(
  path: string,
  key: string,
  measure: () => Promise<Measures>,
): Promise<Measures> {
  const before = read(path);
  if (before?.key === key) return before.measures as Measures;
  const measures = await measure();
  writeFileAtomic(path, `${JSON.stringify({ key, measures }, null, 2)}\n`);
  // As it will be read: what JSON cannot hold is null both times.
  return JSON.parse(JSON.stringify(measures)) as Measures;
}

function read(path: string): { readonly key: string; readonly measures: unknown } | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const content: unknown = JSON.parse(readText(path));
    const isOurs =
      typeof content === "object" && content !== null && "key" in content && "measures" in content;
    return isOurs && typeof content.key === "string"
      ? { key: content.key, measures: content.measures }
      : undefined;
  } catch (error) {
    // Spoilt: it is measured again.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
