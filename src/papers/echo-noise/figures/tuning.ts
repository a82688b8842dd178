/** Figure 4: what each dimension of Echo's code answers to. */
import type { Dataset } from "../../../data/dataset.js";
import { SPRITE_FACTORS, type SpriteFactor } from "../../../data/dsprites/grid.js";
import { type FactorTuningData, factorTuning } from "../../../figures/factor-tuning.js";
import { columnVariances, USED_VARIANCE } from "../../../geometry/dimensions-in-use.js";
import type { NumericArray } from "../../../numeric-array.js";
import { type PaperFigure, paperFigure } from "../../../reproduction/figures/paper-figure.js";
import { encodeTable } from "../../../training/encode.js";
import { gridSizes } from "../sprites.js";
import { type FigureSource, loadRun } from "./source.js";

const SHAPE_NAMES = ["square", "ellipse", "heart"];

/** The tuning of Echo on independent factors at beta = 1; undefined where it is not trained. */
export async function tuningFigure(source: FigureSource): Promise<PaperFigure | undefined> {
  const { recipe } = source.choice;
  const [first] = source.results.sprites
    .filter(({ channel, factors, measures }) => channel === "Echo" && factors === "independent" && measures)
    .filter(({ beta, gamma }) => beta === 1 && gamma === 0)
    .sort((a, b) => a.seed - b.seed);
  if (!first) return undefined;
  const trained = loadRun(source, first.run!);
  const { dataset } = trained.experiment;
  const { mean } = await encodeTable(trained, await source.measuring.device(), dataset);
  const data = tuningData(mean, dataset, gridSizes(recipe));
  const maximum = Math.max(...Array.from(data.variances));
  // A code that hardly moves shows the most of what it has.
  const leastVariance = maximum > USED_VARIANCE ? USED_VARIANCE : maximum / 2;
  const caption = `The mean of Echo's code at beta = 1 on independent factors, over all ${dataset.count} images: a row for each dimension whose variance is above ${Number(leastVariance.toPrecision(2))}. Left its average over positions, over all other factors; then against scale and against orientation, a line for each shape. All in the same limits.${leastVariance < USED_VARIANCE ? ` (The paper's threshold of ${USED_VARIANCE} is reached by none.)` : ""}`;
  return paperFigure(4, {
    title: "What each dimension of Echo's code answers to",
    caption,
    panels: [
      {
        title: recipe.sprites === "dsprites" ? "dSprites" : "Sprites drawn here",
        spec: maximum > 0 ? factorTuning(data, { minimumVariance: leastVariance, caption }) : undefined,
        needs: "a code that is not constant",
        rows: null,
      },
    ],
    concerns: ["sprites"],
  });
}

/**
 * Averages of the means over everything that a panel does not show.
 * @param mean [N, D].
 * @param dataset with the factors of each image as labels.
 * @param sizes how many values each factor has.
 */
export function tuningData(mean: NumericArray, dataset: Dataset, sizes: readonly number[]): FactorTuningData {
  const [count = 0, dimension = 0] = mean.shape;
  const sizeOf = (factor: SpriteFactor) => sizes[SPRITE_FACTORS.indexOf(factor)]!;
  const steps = (factor: SpriteFactor, stepAt: (k: number, size: number) => number) =>
    Array.from({ length: sizeOf(factor) }, (_, k) => stepAt(k, sizeOf(factor)));
  const over = (rows: SpriteFactor, columns: SpriteFactor) =>
    meansOver(mean, dataset, [rows, columns], [sizeOf(rows), sizeOf(columns)]);
  return {
    variances: [...columnVariances({ count, dimension, coordinates: mean.data }, { divisor: count })],
    map: {
      rows: { name: "posY", values: steps("posY", (k) => k) },
      columns: { name: "posX", values: steps("posX", (k) => k) },
      means: over("posY", "posX"),
    },
    curves: [
      {
        axis: {
          name: "scale",
          values: steps("scale", (k, size) => 0.5 + (0.5 * k) / Math.max(1, size - 1)),
        },
        means: over("shape", "scale"),
      },
      {
        axis: { name: "orientation (degrees)", values: steps("orientation", (k, size) => (360 * k) / size) },
        means: over("shape", "orientation"),
      },
    ],
    classes: SHAPE_NAMES.slice(0, sizeOf("shape")),
  };
}

/**
 * [D, a, b], average of the means of the images with value a of the one factor and b of the other; 0 where
 * there are none.
 */
function meansOver(
  { shape: [count = 0, dimensions = 0], data }: NumericArray,
  { labels, labelNames }: Dataset,
  [first, second]: readonly [SpriteFactor, SpriteFactor],
  [rows, columns]: readonly [number, number],
): NumericArray<Float64Array> {
  const sums = new Float64Array(dimensions * rows * columns);
  const counts = new Float64Array(rows * columns);
  const [a, b] = [labelNames.indexOf(first), labelNames.indexOf(second)];
  for (let i = 0; i < count; i++) {
    const cell = labels![i * labelNames.length + a]! * columns + labels![i * labelNames.length + b]!;
    counts[cell]! += 1;
    for (let d = 0; d < dimensions; d++) sums[d * rows * columns + cell]! += data[i * dimensions + d]!;
  }
  return {
    shape: [dimensions, rows, columns],
    data: sums.map((sum, k) => sum / Math.max(1, counts[k % counts.length]!)),
  };
}
