import type { Dataset } from "../../../data/dataset.js";
import {
  factorVaeScore,
  mutualInformationGap,
  toFactors,
  varyingFactors,
} from "../../../disentanglement/index.js";
import { toPoints } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import type { Device } from "../../../onnx/devices.js";
import { encodeTable } from "../../../training/encode.js";
import type { TrainedRun } from "../../../training/trained-run.js";

/** How well single dimensions of a code represent single factors (rules M3 and M4). */
export interface Scores {
  /** From 0 to 1. */
  readonly factorVae: number;
  /** From 0 to 1. */
  readonly mig: number;
}

/** A model of Table 2 on all combinations of the factors, whatever it was trained on. */
export interface SpritesMeasures {
  readonly images: number;
  /** Of the means of the codes. */
  readonly mean: Scores;
  /**
   * Of one sample each. Echo makes noise of a batch of images at random, not of those that share a factor, as
   * the authors have it.
   */
  readonly sample: Scores;
  /** Dimensions whose centre varies by 0.05 at least, as a standard deviation over all images. */
  readonly activeDimensions: number;
}

/** Measures a model on a whole grid of factors. */
export async function measureSprites(
  trained: TrainedRun,
  device: Device,
  grid: Dataset,
): Promise<SpritesMeasures> {
  const { mean, code } = await encodeTable(trained, device, grid);
  const labels = { shape: [grid.count, grid.labelNames.length], data: grid.labels! };
  const factors = varyingFactors(toFactors(labels, `factors of ${grid.name}`, grid.labelNames));
  const scoresOf = (codes: NumericArray) => {
    const points = toPoints(codes, `codes of ${trained.run.name}`);
    const { score, activeDimensions } = factorVaeScore(points, factors);
    const { mig } = mutualInformationGap(points, factors);
    return { scores: { factorVae: score, mig }, active: activeDimensions.length };
  };
  const ofMeans = scoresOf(mean);
  return {
    images: grid.count,
    mean: ofMeans.scores,
    sample: scoresOf(code).scores,
    activeDimensions: ofMeans.active,
  };
}
