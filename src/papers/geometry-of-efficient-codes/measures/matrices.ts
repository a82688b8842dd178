import { distortionMatrix } from "../../../geometry/index.js";
import type { NumericArray } from "../../../numeric-array.js";
import { type ClassedModel, classesOf, positionLabels } from "../classes.js";
import { type Atlas, codeOf, type ModelCode } from "./atlas.js";

/** A matrix and the name of each of its rows and columns. */
export interface LabelledMatrix {
  readonly matrix: NumericArray<Float64Array>;
  readonly names: readonly string[];
}

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
 * How a code of low capacity distorts the distances of one of high capacity (rule G5), between all pairs of positions
 * (xU, xL): [169, 169] for 13 columns, position 13 xU + xL.
 */
export function capacityMatrix({ stimuli }: Atlas, low: ModelCode, high: ModelCode): LabelledMatrix {
  const labels = positionLabels(stimuli.positions);
  const names = labels.classes.map((position) => position.join());
  return { matrix: distortionMatrix(low.points, high.points, labels).matrix, names };
}
