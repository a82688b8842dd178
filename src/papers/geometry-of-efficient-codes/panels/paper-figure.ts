import type { Atlas } from "../atlas.js";
import type { FrozenResult, ModelResult } from "../measures/results.js";

export type { Panel, PaperFigure } from "../../../reproduction/figures/paper-figure.js";

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
