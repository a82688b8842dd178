import type { TableSection } from "../../report/report.js";
import type { Cell } from "./cells.js";

/** A column of a table of rows of one kind. */
export interface Column<Row> {
  readonly title: string;
  /** `start` for words, `end` for numbers. */
  readonly align: "start" | "end";
  readonly cell: (row: Row) => Cell;
}

/** A column of words. */
export function words<Row>(title: string, cell: (row: Row) => Cell): Column<Row> {
  return { title, align: "start", cell };
}

/** A column of numbers. */
export function numbers<Row>(title: string, cell: (row: Row) => Cell): Column<Row> {
  return { title, align: "end", cell };
}

/** A table of a reproduction: a section of its report and, of some, lines in a terminal. */
export interface PaperTable {
  readonly section: TableSection;
  /** Whether a terminal shows it. */
  readonly inTerminal: boolean;
  /** Which reductions its caption reports (see `Difference`); all by default. */
  readonly concerns?: readonly string[];
}

/** What surrounds the rows of a table. */
export type TableText = Pick<TableSection, "heading" | "text" | "caption" | "folded"> &
  Pick<PaperTable, "concerns"> & { readonly terminal?: boolean };

/** A table of some rows, as a list: of no rows there is none. */
export function paperTable<Row>(
  { concerns, terminal = false, ...about }: TableText,
  rows: readonly Row[],
  columns: readonly Column<NoInfer<Row>>[],
): PaperTable[] {
  if (rows.length === 0) return [];
  return [
    {
      section: {
        kind: "table",
        ...about,
        columns: columns.map(({ title, align }) => ({ title, align })),
        rows: rows.map((row) => columns.map(({ cell }) => cell(row))),
      },
      inTerminal: terminal,
      ...(concerns === undefined ? {} : { concerns }),
    },
  ];
}
