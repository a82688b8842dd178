import type { FigureSpec, FigureTable } from "../../../figures/index.js";
import type { Atlas } from "../atlas.js";
import type { FrozenResult } from "../frozen.js";
import type { ModelResult } from "../results.js";

/** One lettered drawing of a figure. */
export interface Panel {
  /** `A`, `B`, ..., `D1`; unique within its figure. */
  readonly letter: string;
  readonly title: string;
  readonly spec: FigureSpec;
  /** Numbers that belong beside the drawing, for people to read. */
  readonly rows?: FigureTable;
}

/** A figure of the paper, drawn from our numbers. */
export interface PaperFigure {
  /** Its number in the paper. */
  readonly number: number;
  readonly title: string;
  /** What is drawn, and what could not be. */
  readonly caption: string;
  readonly panels: readonly Panel[];
}

/** What the figures are drawn from; any part of it may be wanting, and the figures that need it are then left out. */
export interface PaperData {
  readonly atlas?: Atlas;
  readonly models?: readonly ModelResult[];
  readonly frozen?: readonly FrozenResult[];
  /** The seed whose codes are drawn; where a model has no code of it, the lowest seed it has. Default 0. */
  readonly seed?: number;
}

/** Told before each of the figures that take long. */
export type OnDrawn = (done: number, of: number) => void;
