import { kindOfCell } from "./cell.js";
import { type CsvRecord, records } from "./records.js";

/** In the order in which they win where the evidence is equal. */
const CANDIDATES = ["\t", ";", ",", " "] as const;
/** Rows and cells that are looked at. */
const MAX_ROWS = 100;
const MAX_CELLS = 1000;
/** Excel's own way to name the delimiter, in a line before the table. */
const DECLARED = /^"?sep=(.)"?\r?\n/i;

/** What separates the columns, and how that is known. */
export interface FoundDelimiter {
  readonly delimiter: string;
  /** Where the table begins: behind a line that names the delimiter. */
  readonly start: number;
}

/**
 * What separates the columns of a table: that by which all rows have the same number of cells, else that by which the first row
 * alone has one fewer, as R writes it; of several, that by which most cells are numbers; a comma where nothing does.
 * @param text whole lines from the table's beginning.
 */
export function findDelimiter(text: string): FoundDelimiter {
  const declared = DECLARED.exec(text);
  if (declared) return { delimiter: declared[1]!, start: declared[0].length };
  const best = CANDIDATES.map((delimiter) => ({ delimiter, ...fitOf(text, delimiter) }))
    .filter(({ columns }) => columns > 1)
    .reduce<Fit & { delimiter: string }>((a, b) => (isBetter(b, a) ? b : a), {
      delimiter: ",",
      columns: 1,
      evenness: 0,
      numbers: -1,
    });
  return { delimiter: best.delimiter, start: 0 };
}

/** How well a delimiter fits. */
interface Fit {
  readonly columns: number;
  /** 2 where all rows have as many, 1 where the first has one fewer, as R writes it, 0 else. */
  readonly evenness: 0 | 1 | 2;
  /** The share of cells, but for the first row's, that are numbers or missing. */
  readonly numbers: number;
}

function isBetter(a: Fit, b: Fit): boolean {
  return a.evenness === b.evenness ? a.numbers > b.numbers : a.evenness > b.evenness;
}

function fitOf(text: string, delimiter: string): Fit {
  const rows: CsvRecord[] = [];
  for (const record of records(text, { delimiter })) {
    if (record.fault) break;
    if (record.cells.length > 0) rows.push(record);
    if (rows.length === MAX_ROWS) break;
  }
  const [first, ...others] = rows;
  if (!first) return { columns: 0, evenness: 0, numbers: 0 };
  const data = others.length > 0 ? others : rows;
  const columns = Math.max(...data.map(({ cells }) => cells.length));
  const isEven = data.every(({ cells }) => cells.length === columns);
  const fewer = columns - first.cells.length;
  const evenness = isEven && fewer === 0 ? 2 : isEven && fewer === 1 ? 1 : 0;
  const cells = data.flatMap((row) => row.cells.slice(0, MAX_CELLS));
  const numbers = cells.filter((cell) => kindOfCell(cell) !== "text").length / cells.length;
  return { columns, evenness, numbers };
}
