import { loadParts } from "../extension/load.js";
import type { OwnPart } from "../own-part.js";

/**
 * The parts of one's own that a configuration may use: of the files that it names, and others.
 * @param others Parts that are given as they are.
 * @throws UserError where a file is not there, or cannot be run.
 */
export function ownPartsOf(
  { parts = [] }: { readonly parts?: readonly string[] | undefined },
  others: readonly OwnPart[] = [],
): readonly OwnPart[] {
  return parts.length === 0 ? others : [...loadParts(parts), ...others];
}
