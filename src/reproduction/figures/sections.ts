import type { PanelsSection, Section, TableSection } from "../../report/report.js";
import type { Panel, PaperFigure } from "./paper-figure.js";

/** The figures as sections of a report, each followed by the tables of its panels. */
export function reproductionSections(figures: readonly PaperFigure[]): Section[] {
  return figures.flatMap((figure) => [
    panelsOf(figure),
    ...figure.panels.flatMap((panel) => tableOf(figure, panel)),
  ]);
}

function panelsOf({ number, title, caption, panels }: PaperFigure): PanelsSection {
  return {
    kind: "panels",
    heading: `Figure ${number}: ${title}`,
    number,
    title,
    caption,
    panels: panels.map(({ letter, title, spec }) => ({ letter, title, figure: spec })),
  };
}

function tableOf({ number }: PaperFigure, { letter, title, rows }: Panel): TableSection[] {
  if (!rows) return [];
  return [
    {
      kind: "table",
      columns: rows.columns.map((name, k) => ({
        title: name,
        ...(rows.rows.every((row) => typeof row[k] === "number" || row[k] === "")
          ? { align: "end" as const }
          : {}),
      })),
      rows: rows.rows,
      caption: `Numbers of Figure ${number}${letter}: ${title}`,
      folded: true,
    },
  ];
}
