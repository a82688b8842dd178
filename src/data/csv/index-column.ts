import { refuse } from "../../errors.js";
import type { CsvLook, Note } from "./look.js";

/** Fewer rows than these are not enough, if there are only integers in the other columns. */
const MIN_ROWS = 3;

/** What decides whether a first column that seems to count is an index. */
export interface WholeColumn {
  /** Where the first column counts from, through the whole file; undefined where it does not count. */
  readonly start: number | undefined;
  readonly rows: number;
  /** Whether all other values are integers too; undefined if that says nothing. */
  readonly isAmongIntegers: boolean;
}

/**
 * Settles whether the first column is an index (rule D9): named as one, or 0, 1, 2, ... or 1, 2, 3, ... to the last row.
 * @param whole used only if the first rows do not decide.
 * @throws UserError where the only other columns next to a count are integers: it may as well be a value.
 */
export function settleIndex(
  { index, isIndexGiven, header, columns }: CsvLook,
  whole: () => WholeColumn,
  where: string,
): { readonly isIndex: boolean; readonly notes: readonly Note[] } {
  const name = header?.[0] ? ` (${JSON.stringify(header[0].slice(0, 24))})` : "";
  const leaveOut = (why = ""): { isIndex: true; notes: Note[] } => ({
    isIndex: true,
    notes: isIndexGiven ? [] : [{ what: `column 1${name} left out as an index${why}`, option: "index" }],
  });
  const keep = { isIndex: false, notes: [] };
  if (index === "no") return keep;
  // One option stands for all files of a command: it means those that have more.
  if (columns < 2) return keep;
  if (index === "yes") return leaveOut();
  const { start, rows, isAmongIntegers } = whole();
  if (start !== 0 && start !== 1) return keep;
  const span = `${start} to ${start + rows - 1}`;
  if (index === "unlikely") {
    // Beside integers alone, as in a table of factors, it is one more of them.
    if (isAmongIntegers || rows < MIN_ROWS) return keep;
    return refuseDoubt(`it counts from ${span}${name}`, where);
  }
  if (header) return leaveOut(`: it counts from ${span}`);
  if (!isAmongIntegers) return rows > 1 ? leaveOut(`: it counts from ${span}`) : keep;
  if (rows < MIN_ROWS) return keep;
  return refuseDoubt(`it counts from ${span}`, where);
}

function refuseDoubt(what: string, where: string): never {
  refuse(
    `${where}, column 1`,
    `${what}, so it may be an index or a value`,
    "Give the option index: yes to leave it out, no to keep it",
  );
}
