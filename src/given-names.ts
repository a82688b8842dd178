import { distance } from "fastest-levenshtein";

/**
 * The candidate that was probably meant: the nearest by edits (letters' case apart), when it takes at most 2, or a
 * third of the word, whichever is more, and leaves a letter of it. Undefined when none is near.
 */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const edits = candidates.map((candidate) => ({
    candidate,
    edits: distance(lower, candidate.toLowerCase()),
  }));
  const best = edits.sort((a, b) => a.edits - b.edits)[0];
  const maximum = Math.min(Math.max(2, Math.floor(word.length / 3)), word.length - 1);
  return best && best.edits <= maximum ? best.candidate : undefined;
}

/**
 * The value that a record itself has under a name which somebody gave: what every object inherits, such as `constructor`, is
 * none.
 */
export function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
