import { refuse } from "../errors.js";
import { type BlahutArimotoOptions, blahutArimoto, type DiscreteSourcePoint } from "./blahut-arimoto.js";
import { type PointSourceOptions, type PointSourcePoint, rateDistortionOfPoints } from "./point-source.js";
import type { CurveProblem, TangentPoint } from "./rate-distortion-curve.js";
import { type DiscreteSource, distinctPoints, entropyNats, type PointSource } from "./source.js";

/** When each point of a curve is exact enough: gap in nats and number of steps. */
export type DiscreteLimits = Omit<BlahutArimotoOptions, "marginal">;
/** The same for free reproductions, and how often these are moved and added. */
export type PointLimits = Omit<PointSourceOptions, "begin">;

const AT_NOTHING = { rateNats: 0, lowerRateNats: 0, slope: 0, dualNats: 0, iterations: 0 } as const;

/**
 * The rate-distortion function of a discrete source with fixed reproductions (rule B2), to be asked through a
 * `RateDistortionCurve`. Source: Blahut 1972; Arimoto 1972.
 * @param source as `toDiscreteSource` checks it.
 * @param limits of every point of the curve.
 * @returns distortions in the unit of the source's, rates in nats.
 */
export function discreteProblem(
  source: DiscreteSource,
  limits: DiscreteLimits = {},
): CurveProblem<DiscreteSourcePoint> {
  const { probabilities, distortions } = source;
  const reproductions = distortions.length / probabilities.length;
  const means = new Float64Array(reproductions);
  distortions.forEach((value, k) => {
    means[k % reproductions] += probabilities[Math.floor(k / reproductions)] * value;
  });
  const best = means.reduce((minimum, value, m) => (value < means[minimum] ? m : minimum), 0);
  const marginal = new Float64Array(reproductions);
  marginal[best] = 1;
  return {
    nothing: { ...AT_NOTHING, distortion: means[best], marginal },
    all: blahutArimoto(source, Number.POSITIVE_INFINITY, limits),
    solve: (slope, near) => blahutArimoto(source, slope, { ...limits, marginal: near.marginal }),
  };
}

/**
 * The rate-distortion function of points for squared error, with free reproductions (rule B3), to be asked
 * through a `RateDistortionCurve`. Source: Rose 1994.
 * @param source as `toPointSource` checks it.
 * @param limits of every point of the curve.
 * @returns distortions as squared distances, rates in nats.
 */
export function pointsProblem(source: PointSource, limits: PointLimits = {}): CurveProblem<PointSourcePoint> {
  const { probabilities, points } = distinctPoints(source);
  const dimension = points.length / probabilities.length;
  const mean = new Float64Array(dimension);
  points.forEach((value, k) => {
    mean[k % dimension] += probabilities[Math.floor(k / dimension)] * value;
  });
  const variance = points.reduce(
    (sum, value, k) => sum + probabilities[Math.floor(k / dimension)] * (value - mean[k % dimension]) ** 2,
    0,
  );
  const entropy = entropyNats(probabilities);
  return {
    nothing: { ...AT_NOTHING, distortion: variance, marginal: Float64Array.of(1), reproductions: mean },
    // Different points can be distinguished without error only at the full entropy of the source.
    all: {
      rateNats: entropy,
      lowerRateNats: entropy,
      distortion: 0,
      slope: Number.POSITIVE_INFINITY,
      dualNats: Number.POSITIVE_INFINITY,
      marginal: probabilities,
      reproductions: points,
      iterations: 0,
    },
    solve: (slope, near) =>
      rateDistortionOfPoints({ probabilities, points }, slope, { ...limits, begin: near }),
  };
}

/** A point of a sum, and those of its parts. */
export interface SumPoint<Point extends TangentPoint> extends TangentPoint {
  readonly parts: readonly Point[];
}

/**
 * The rate-distortion function of independent sources whose distortions add up: at every slope the sum of
 * theirs (Shannon 1959; rule B5). Parts that are one and the same object are computed once.
 * @param parts at least one, all with distortions of the same unit.
 * @throws UserError where there is none.
 */
export function sumProblem<Point extends TangentPoint>(
  parts: readonly CurveProblem<Point>[],
): CurveProblem<SumPoint<Point>> {
  if (parts.length === 0) refuse("sum of sources", "there is no part", "Give at least one");
  const eachOnce = (make: (part: CurveProblem<Point>, k: number) => Point) => {
    const made = new Map<CurveProblem<Point>, Point>();
    return sumOf(
      parts.map((part, k) => {
        const point = made.get(part) ?? make(part, k);
        made.set(part, point);
        return point;
      }),
    );
  };
  return {
    nothing: eachOnce((part) => part.nothing),
    all: eachOnce((part) => part.all),
    solve: (slope, near) => eachOnce((part, k) => part.solve(slope, near.parts[k])),
  };
}

function sumOf<Point extends TangentPoint>(parts: readonly Point[]): SumPoint<Point> {
  const sum = (read: (point: Point) => number) => parts.reduce((all, point) => all + read(point), 0);
  return {
    rateNats: sum(({ rateNats }) => rateNats),
    distortion: sum(({ distortion }) => distortion),
    slope: parts[0].slope,
    dualNats: sum(({ dualNats }) => dualNats),
    parts,
  };
}
