import type { FigureSpec } from "./figure.js";

/** Formats in which a picture can move, also their extensions. */
export const ANIMATION_FORMATS = ["apng", "gif"] as const;
export type AnimationFormat = (typeof ANIMATION_FORMATS)[number];

/** Figures of one size that follow each other: a picture that moves. */
export interface Animation {
  /** Stem of a downloaded file. */
  readonly name: string;
  readonly title: string;
  readonly frames: readonly FigureSpec[];
  readonly framesPerSecond: number;
}
