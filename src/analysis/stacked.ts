import type { FigureSpec } from "../figures/index.js";

type Part = Extract<FigureSpec["spec"], { vconcat: unknown }>["vconcat"][number];

/** Figures of one kind below each other as one, each with its own colours; a single one keeps its specification. */
export function stacked(
  figures: readonly FigureSpec[],
  words: Pick<FigureSpec, "title" | "caption">,
): FigureSpec {
  const [first, ...others] = figures as [FigureSpec, ...FigureSpec[]];
  if (others.length === 0) return { ...first, ...words };
  return {
    ...first,
    ...words,
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      vconcat: figures.map(({ spec: { $schema: _, ...part } }) => part as Part),
      resolve: { scale: { color: "independent" }, legend: { color: "independent" } },
      spacing: 36,
    },
    table: joined(figures),
  };
}

/** The rows of all tables under all of their columns; a cell is empty where a table has no such column. */
function joined(figures: readonly FigureSpec[]): FigureSpec["table"] {
  const columns = [...new Set(figures.flatMap(({ table }) => table.columns))];
  return {
    columns,
    rows: figures.flatMap(({ table }) =>
      table.rows.map((row) => columns.map((name) => row[table.columns.indexOf(name)] ?? "")),
    ),
  };
}
