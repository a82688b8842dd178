import type { FigureSpec } from "./figure.js";

/** Figures of one size that follow each other: a picture that moves. */
export interface Animation {
  /** Stem of a downloaded file. */
  readonly name: string;
  readonly title: string;
  readonly frames: readonly FigureSpec[];
  readonly framesPerSecond: number;
}
