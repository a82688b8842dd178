/** Figures 1 to 11 of the paper, in its layout, from our numbers. A new figure is a function and a line here. */
import { inPaperOrder, type PaperFigure } from "../../../reproduction/figures/paper-figure.js";
import type { Atlas } from "../measures/atlas.js";
import type { StimulusErrors } from "../measures/fidelity.js";
import type { FrozenResult, ModelResult } from "../measures/results.js";
import { fidelityFigure } from "./fidelity.js";
import { geometryFigures } from "./geometry.js";
import { reconstructionFigure, taskFigure } from "./over-capacity.js";
import { stimuliFigure } from "./stimuli.js";

/** What the figures are drawn from; any part of it may be missing, and the figures that need it are then left out. */
export interface FigureSource {
  readonly atlas?: Atlas;
  /** Of the stimuli of the atlas. */
  readonly errors?: readonly StimulusErrors[];
  readonly models?: readonly ModelResult[];
  readonly frozen?: readonly FrozenResult[];
  /** The seed whose codes are drawn; of a model that has no code of it, the lowest seed there is. Default 0. */
  readonly seed?: number;
}

/**
 * Every figure for which there are data, in the order of the paper; a caption says what could not be drawn.
 * @param onDrawn called before each of the figures that take long.
 * @throws UserError when the codes are not of the same stimuli.
 */
export function paperFigures(
  { atlas, errors = [], models = [], frozen = [], seed }: FigureSource,
  onDrawn: (done: number, of: number) => void = () => undefined,
): PaperFigure[] {
  return inPaperOrder([
    reconstructionFigure(models),
    taskFigure(models, frozen),
    ...(atlas ? [fidelityFigure(errors, atlas.stimuli.positions), stimuliFigure(atlas.stimuli)] : []),
    ...(atlas ? geometryFigures(atlas, onDrawn, seed) : []),
  ]);
}
