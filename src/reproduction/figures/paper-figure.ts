import type { FigureSpec, FigureTable } from "../../figures/index.js";
import type { FigureNumber } from "../../report/report.js";

/** One lettered drawing of a figure. */
export interface Panel {
  /** `A`, `B`, ..., `D1`; unique within its figure. */
  readonly letter: string;
  readonly title: string;
  readonly spec: FigureSpec;
  /** Numbers that belong to the drawing, for people to read. */
  readonly rows?: FigureTable;
}

/** A figure of a paper, drawn from our numbers. */
export interface PaperFigure {
  /** Its number in the paper. */
  readonly number: FigureNumber;
  readonly title: string;
  /** What is drawn, and what could not be. */
  readonly caption: string;
  readonly panels: readonly Panel[];
  /** Which reductions its captions report (see `Difference`); all by default. */
  readonly concerns?: readonly string[];
}

/** A drawing that a figure should have. */
export interface PanelPlan {
  readonly title: string;
  /** Undefined where there is nothing of ours to draw. */
  readonly spec: FigureSpec | undefined;
  /** What would have to be measured or trained for it. */
  readonly needs: string;
  /** The next letter by default. */
  readonly letter?: string;
  /** Numbers shown in the report; those of the drawing by default, null for none. */
  readonly rows?: FigureTable | null;
}

/** A figure of what can be drawn, with the letters of the paper; undefined where nothing can. */
export function paperFigure(
  number: FigureNumber,
  {
    caption,
    panels,
    ...about
  }: Pick<PaperFigure, "title" | "caption" | "concerns"> & { readonly panels: readonly PanelPlan[] },
): PaperFigure | undefined {
  const lettered = panels.map((panel, k) => ({
    ...panel,
    letter: panel.letter ?? String.fromCharCode("A".charCodeAt(0) + k),
  }));
  const drawn = lettered.flatMap(({ letter, title, spec, rows }): Panel[] =>
    spec ? [{ letter, title, spec, ...(rows === null ? {} : { rows: rows ?? spec.table }) }] : [],
  );
  if (drawn.length === 0) return undefined;
  const needs = lettered.flatMap(({ letter, spec, needs }) => (spec ? [] : [`${letter} needs ${needs}`]));
  return {
    ...about,
    number,
    caption: sentences(caption, needs.length === 0 ? "" : `Not drawn: ${needs.join("; ")}.`),
    panels: drawn,
  };
}

/** Sentences with a space between, empty ones left out. */
export function sentences(...all: readonly string[]): string {
  return all.filter((one) => one !== "").join(" ");
}

/**
 * The figures that could be drawn, in the order of their paper: by number, those of an appendix behind the
 * others.
 */
export function inPaperOrder(figures: readonly (PaperFigure | undefined)[]): PaperFigure[] {
  return figures
    .filter((figure) => figure !== undefined)
    .sort((a, b) => {
      const inAppendix = Number(typeof a.number === "string") - Number(typeof b.number === "string");
      return inAppendix || String(a.number).localeCompare(String(b.number), "en", { numeric: true });
    });
}
