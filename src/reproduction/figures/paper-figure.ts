import type { FigureSpec, FigureTable } from "../../figures/index.js";
import type { FigureNumber } from "../../report/report.js";

/** One lettered drawing of a figure. */
export interface Panel {
  /** `A`, `B`, ..., `D1`; unique within its figure. */
  readonly letter: string;
  readonly title: string;
  readonly spec: FigureSpec;
  /** Numbers that belong beside the drawing, for people to read. */
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
}

/** Figures in the order of their paper: by number, those of an appendix behind the others. */
export function inPaperOrder(figures: readonly PaperFigure[]): PaperFigure[] {
  return [...figures].sort((a, b) => {
    const inAppendix = Number(typeof a.number === "string") - Number(typeof b.number === "string");
    return inAppendix || String(a.number).localeCompare(String(b.number), "en", { numeric: true });
  });
}
