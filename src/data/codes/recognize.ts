import { extname } from "node:path";
import { UserError } from "../../errors.js";
import { fileSource } from "../../files/source.js";
import { openNpz } from "../arrays/npz.js";
import { numberOfCell } from "../csv/cell.js";
import type { CsvLook } from "../csv/look.js";
import { isTableFile } from "../csv/options.js";
import { withTable } from "../csv/table.js";
import { CODES_ARRAY } from "./read.js";

/**
 * Whether a file holds codes rather than images, by its looks: an archive with an array `codes`, or a table whose first
 * number could be no pixel.
 * @throws UserError when the file cannot be read.
 */
export function looksLikeCodes(path: string): boolean {
  if (isTableFile(path)) return beginsWithCode(path);
  return extname(path).toLowerCase() === ".npz" && openNpz(fileSource(path)).keys.includes(CODES_ARRAY);
}

/**
 * Whether the first number of a table, behind names and an index, could be no pixel. A table that can be read in two ways is
 * for its reader to refuse, who knows the options.
 */
function beginsWithCode(path: string): boolean {
  const look = lookInto(path);
  if (!look) return false;
  const isIndexed = look.index !== "no" && look.columns > 1;
  const first = numberOfCell(look.rows[0]?.cells[isIndexed ? 1 : 0] ?? "")?.value;
  const isPixel = first !== undefined && Number.isInteger(first) && first >= 0 && first <= 255;
  return first !== undefined && Number.isFinite(first) && !isPixel;
}

function lookInto(path: string): CsvLook | undefined {
  try {
    return withTable(path, {}, ({ look }) => look);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
