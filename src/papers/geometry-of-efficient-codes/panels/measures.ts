/** The numbers of the paper's maps, curves and matrices: an atlas in, plain arrays out. Every panel is drawn from these. */
import { distortionMatrix, metricMds, type TuningCurves, tuningCurves } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import { PhiloxStream } from "../../../random/stream.js";
import { type Atlas, codeOf, type ModelCode } from "../atlas.js";
import type { ModelName } from "../recipe.js";
import { type ClassedModel, classesOf, positionLabels } from "./classes.js";

/** A matrix and the name of each of its rows and columns. */
export interface LabelledMatrix {
  readonly matrix: NumericArray<Float64Array>;
  readonly names: readonly string[];
}

/** Names the stream of random starts: part of the result, never to be renamed. */
const STREAM = "latent map";

/**
 * How a model distorts distances within and between its classes, against the Baseline of the same capacity and seed
 * (rule G5): [classes, classes].
 * @returns undefined where one of the two was not trained.
 */
export function classMatrix(
  atlas: Atlas,
  model: ClassedModel,
  capacityNats: number,
  seed: number,
): LabelledMatrix | undefined {
  const code = codeOf(atlas, { model, capacityNats, seed });
  const reference = codeOf(atlas, { model: "Baseline", capacityNats, seed });
  if (!code || !reference) return undefined;
  const { labels, names } = classesOf(model, atlas.stimuli.positions);
  return { matrix: distortionMatrix(code.points, reference.points, labels).matrix, names };
}

/**
 * How the low capacity of a model distorts the distances of its high one (rule G5), between all pairs of positions
 * (xU, xL): [169, 169] for 13 columns, position 13 xU + xL.
 * @returns undefined where one of the two was not trained.
 */
export function capacityMatrix(
  atlas: Atlas,
  model: ModelName,
  capacitiesNats: { readonly low: number; readonly high: number },
  seed: number,
): LabelledMatrix | undefined {
  const low = codeOf(atlas, { model, capacityNats: capacitiesNats.low, seed });
  const high = codeOf(atlas, { model, capacityNats: capacitiesNats.high, seed });
  if (!low || !high) return undefined;
  const labels = positionLabels(atlas.stimuli.positions);
  return {
    matrix: distortionMatrix(low.points, high.points, labels).matrix,
    names: labels.classes.map((position) => position.join()),
  };
}

/** Tuning curves of a code's channels over the positions (rule G6): [channels, xU, xL]. */
export function tuning({ stimuli }: Atlas, code: ModelCode): TuningCurves {
  return tuningCurves(code.points, positionLabels(stimuli.positions));
}

/** A map of a code by metric MDS (rule G8), [stimuli, 2]; which way it is turned means nothing. */
export function map({ points, seed }: ModelCode): NumericArray<Float64Array> {
  const stream = new PhiloxStream(seed, STREAM);
  return metricMds(points, (count) => stream.fillUniform(new Float64Array(count))).embedding;
}
