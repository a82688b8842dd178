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
