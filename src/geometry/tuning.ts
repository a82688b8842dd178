import { UserError } from "../errors.js";
import type { NumericArray } from "../numeric-array.js";
import type { Labels } from "./labels.js";
import { assertSameCount, type Points } from "./points.js";

/** A grid finer than this is a mistake in the labels: it would have far more cells than any data set has samples. */
const MAX_CELLS = 2 ** 24;

/** The tuning curves of all channels over the labels (rule G6). */
export interface TuningCurves {
  /** [channels, ...axes], mean activity, a share of the code's whole range, in [0, 1]; NaN where no sample falls. */
  readonly curves: NumericArray<Float64Array>;
  /** For each number in a label, its distinct values in ascending order: the extents and ticks of the axes. */
  readonly axes: readonly (readonly number[])[];
  /** Samples in each cell, [...axes]. */
  readonly samples: NumericArray<Uint32Array>;
  /** Smallest and largest coordinate over all samples and channels: what 0 and 1 stand for. */
  readonly range: readonly [min: number, max: number];
}

/**
 * What each channel of a code answers to each label (rule G6): the code is scaled to [0, 1] with one minimum
 * and one maximum over all channels and samples, then averaged over the samples of each label. Labels of k
 * numbers make a grid with k axes: positions (x, y) give one map [x, y] a channel.
 * Source: D'Amato, Lancia and Pezzulo, "The geometry of efficient codes".
 * @param latents the code, [samples, channels].
 * @param labels of the same samples.
 * @throws UserError when labels and code differ in length, when the code is constant, or when the grid has
 * more than 2^24 cells over all channels.
 */
export function tuningCurves(latents: Points, labels: Labels): TuningCurves {
  assertSameCount(latents, labels);
  const { coordinates, count, dimension: channels } = latents;
  let [min, max] = [coordinates[0], coordinates[0]];
  for (const value of coordinates) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min === max) {
    throw new UserError({
      where: latents.name,
      what: `every value is ${min}: a constant code has no tuning curves`,
      remedy: "Check that these are the latents, and that the model has not collapsed",
    });
  }
  const axes = Array.from({ length: labels.width }, (_, axis) =>
    [...new Set(labels.classes.map((row) => row[axis]))].sort((a, b) => a - b),
  );
  const extents = axes.map((values) => values.length);
  const cells = extents.reduce((product, extent) => product * extent, 1);
  if (cells * channels > MAX_CELLS) {
    throw new UserError({
      where: labels.name,
      what: `the labels make a grid of ${extents.join(" x ")} cells for ${count} samples`,
      remedy: "Give labels with few distinct values per column, such as positions",
    });
  }
  // Labels may be numbers of which nearly every sample has its own: to look through all of them for each would take minutes.
  const places = axes.map((values) => new Map(values.map((value, place) => [value, place] as const)));
  const cellOf = labels.classes.map((row) =>
    row.reduce((cell, value, axis) => cell * extents[axis] + places[axis].get(value)!, 0),
  );
  const samples = new Uint32Array(cells);
  const curves = new Float64Array(channels * cells);
  for (let i = 0; i < count; i++) {
    const cell = cellOf[labels.classOf[i]];
    samples[cell] += 1;
    for (let c = 0; c < channels; c++) {
      curves[c * cells + cell] += (coordinates[i * channels + c] - min) / (max - min);
    }
  }
  for (let k = 0; k < curves.length; k++) curves[k] /= samples[k % cells];
  return {
    curves: { shape: [channels, ...extents], data: curves },
    axes,
    samples: { shape: extents, data: samples },
    range: [min, max],
  };
}
