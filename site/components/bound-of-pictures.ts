/** The numbers behind the live chart: nothing but calls of the library, on plain arrays. */

import type { FigureSpec } from "../../src/figures/figure.js";
import { rateDistortionBound } from "../../src/figures/rate-distortion-bound.js";
import { pointsProblem } from "../../src/information/curve-problems.js";
import { rateDistortionOfPoints } from "../../src/information/point-source.js";
import { RateDistortionCurve } from "../../src/information/rate-distortion-curve.js";

/** Number of pictures: one for each column of the corridor. */
export const PICTURES = 6;
/** Pixels of a row; all rows of a picture are the same. */
const COLUMNS = 8;
/** Width of the ragged walls in pixels, as in the Corridors. */
const SIGMA = 1.2;
/** Gap between code and bound that is drawn as none, in nats. */
const TOLERANCE_NATS = 2e-3;

/** Blackness of each pixel, [PICTURES, COLUMNS]: 0 in the corridor, near 1 far from it. */
export const ROWS: readonly (readonly number[])[] = Array.from({ length: PICTURES }, (_, picture) =>
  Array.from(
    { length: COLUMNS },
    (_, column) => 1 - Math.exp(-((column - picture - 1) ** 2) / (2 * SIGMA ** 2)),
  ),
);

/** What the best code draws for the pictures that it does not distinguish. */
export interface Reproduction {
  /** How often it is drawn. */
  readonly probability: number;
  /** Blackness of each pixel, [COLUMNS]. */
  readonly row: readonly number[];
}

export interface BoundOfPictures {
  readonly figure: FigureSpec;
  readonly entropyNats: number;
  /** Minimum distortion at the rate that was asked, squared error per pixel. */
  readonly distortion: number;
  readonly reproductions: readonly Reproduction[];
}

/**
 * The rate-distortion function of the pictures, and the best code at one rate (rules B1 to B4).
 * @param weights How frequent each picture is, in any unit; at least one is above 0.
 * @param share The rate, as a share of the entropy.
 */
export function boundOfPictures(weights: readonly number[], share: number): BoundOfPictures {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const seen = weights.flatMap((weight, k) =>
    weight > 0 ? [{ probability: weight / total, row: ROWS[k]! }] : [],
  );
  // Squared distances of these points are squared errors per pixel.
  const scale = 1 / Math.sqrt(COLUMNS);
  const source = {
    probabilities: Float64Array.from(seen, ({ probability }) => probability),
    points: Float64Array.from(seen.flatMap(({ row }) => row.map((value) => value * scale))),
  };
  const curve = new RateDistortionCurve(pointsProblem(source), TOLERANCE_NATS);
  const entropyNats = curve.maxRateNats;
  const asked = curve.atRate(share * entropyNats);
  const drawn = ({ rateNats, distortion, lowerDistortion }: typeof asked) => ({
    rateNats,
    upper: distortion,
    lower: lowerDistortion,
  });
  const figure = rateDistortionBound(
    { curve: curve.trace(24).map(drawn), marked: [drawn(asked)], maxRateNats: entropyNats },
    { distortionName: "minimum squared error per pixel", width: 420, height: 240 },
  );
  return {
    figure,
    entropyNats,
    distortion: asked.distortion,
    reproductions: reproductionsAt(source, asked.slope, scale),
  };
}

function reproductionsAt(
  source: { readonly probabilities: Float64Array; readonly points: Float64Array },
  slope: number,
  scale: number,
): Reproduction[] {
  const { probabilities, points } = source;
  const rowsOf = (array: Float64Array) =>
    Array.from({ length: array.length / COLUMNS }, (_, k) =>
      [...array.subarray(k * COLUMNS, (k + 1) * COLUMNS)].map((value) => value / scale),
    );
  const all = rowsOf(points);
  // At the ends of the curve: one picture for all, their mean; or each picture itself.
  if (slope === 0 || all.length === 1) {
    const mean = Array.from({ length: COLUMNS }, (_, column) =>
      all.reduce((sum, row, k) => sum + probabilities[k]! * row[column]!, 0),
    );
    return [{ probability: 1, row: mean }];
  }
  if (slope === Number.POSITIVE_INFINITY)
    return all.map((row, k) => ({ probability: probabilities[k]!, row }));
  const { marginal, reproductions } = rateDistortionOfPoints(source, slope, {
    toleranceNats: TOLERANCE_NATS,
  });
  return rowsOf(reproductions)
    .map((row, k) => ({ probability: marginal[k]!, row }))
    .filter(({ probability }) => probability > 0.002)
    .sort((a, b) => centreOf(a.row) - centreOf(b.row));
}

/** Column of the corridor of a picture, between columns where it is a mean of several. */
function centreOf(row: readonly number[]): number {
  const whites = row.map((value) => 1 - value);
  const total = whites.reduce((sum, white) => sum + white, 0);
  return whites.reduce((sum, white, column) => sum + white * column, 0) / total;
}
