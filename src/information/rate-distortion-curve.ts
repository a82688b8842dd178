import { refuse } from "../errors.js";
import { requireSlope, requireTolerance } from "./blahut-arimoto.js";

/** What a curve needs of a point: a channel that was found, and the line that no code gets below. */
export interface TangentPoint {
  /** Rate of the channel that was found. */
  readonly rateNats: number;
  /** Its mean distortion, in the unit of the problem. */
  readonly distortion: number;
  /** -dR/dD, nats per unit of distortion; 0 at rate 0, infinite at the minimum distortion. */
  readonly slope: number;
  /** R(D) >= dualNats - slope * D for every D. */
  readonly dualNats: number;
}

/** A rate-distortion function as it can be asked: its two ends, and its point at a slope. */
export interface CurveProblem<Point extends TangentPoint = TangentPoint> {
  /** Rate 0, and the minimum distortion that this allows. */
  readonly nothing: Point;
  /** The minimum distortion, and the minimum rate for it. */
  readonly all: Point;
  /** The point at a slope above 0; `near` has a smaller one. */
  readonly solve: (slope: number, near: Point) => Point;
}

/** The rate-distortion function at one rate or one distortion, from above and from below (rule B4). */
export interface RateBound {
  /** In nats: the rate that was asked for, or what some code of the distortion asked for needs. */
  readonly rateNats: number;
  /** What some code reaches at this rate, in units of distortion. */
  readonly distortion: number;
  /** What no code gets below at this rate. */
  readonly lowerDistortion: number;
  /** distortion - lowerDistortion, in units of distortion: the true function lies within. */
  readonly gap: number;
  /** The same in nats: gap * slope. */
  readonly gapNats: number;
  /**
   * Nats per unit of distortion, of the line that gives the answer: that through the two points which were computed on either side, or
   * -dR/dD at a point that was computed itself. 0 where the rate is 0, infinite where all that is to be had is had.
   */
  readonly slope: number;
}

/** The rate-distortion function between two neighbours of known slope. */
interface Interval<Point> {
  readonly low: Point;
  readonly high: Point;
  /** Slope of the line through both. */
  readonly chord: number;
  /** Nats by which the function can lie below that line, at most, were both points exact. */
  readonly bendNats: number;
}

const TOLERANCE_NATS = 1e-6;
const MAX_POINTS = 400;

/**
 * A rate-distortion function that is computed where it is asked for (rule B4). It is convex, so it lies below the
 * straight line between two of its points (which time sharing attains) and above the tangents there. Between the two
 * neighbours of what is asked, the point with the slope of their line is computed, until line and tangents agree. Points
 * are kept: neighbouring questions share them, and each begins from its neighbour's.
 */
export class RateDistortionCurve<Point extends TangentPoint = TangentPoint> {
  readonly #problem: CurveProblem<Point>;
  readonly #toleranceNats: number;
  /** By rising slope. */
  readonly #points: Point[];

  /**
   * @param toleranceNats largest gap of an answer, in nats; 1e-6 by default.
   * @throws UserError for a tolerance that is negative or no number.
   */
  constructor(problem: CurveProblem<Point>, toleranceNats = TOLERANCE_NATS) {
    requireTolerance("rate-distortion curve", toleranceNats);
    this.#problem = problem;
    this.#toleranceNats = toleranceNats;
    this.#points = [problem.nothing, problem.all];
  }

  /** Nats from which on more rate brings nothing. */
  get maxRateNats(): number {
    return this.#problem.all.rateNats;
  }

  /** Distortion at and above the maximum rate. */
  get minDistortion(): number {
    return this.#problem.all.distortion;
  }

  /** Distortion at rate 0. */
  get maxDistortion(): number {
    return this.#problem.nothing.distortion;
  }

  /**
   * D(R): the minimum distortion at a rate. At rate 0 and from the maximum rate on it is exact.
   * @throws UserError for a rate that is negative or no number.
   */
  atRate(rateNats: number): RateBound {
    requireAtLeast(rateNats, 0, "rate", "nats");
    const { nothing, all } = this.#problem;
    if (rateNats >= all.rateNats) return exactly(rateNats, all);
    if (rateNats === 0) return exactly(0, nothing);
    return this.#refine(
      (point) => point.rateNats <= rateNats,
      ({ low, high, chord }) => {
        const distortion = low.distortion - (rateNats - low.rateNats) / chord;
        const lower = Math.max(
          high.slope === Number.POSITIVE_INFINITY ? all.distortion : (high.dualNats - rateNats) / high.slope,
          low.slope > 0 ? (low.dualNats - rateNats) / low.slope : 0,
          all.distortion,
        );
        const lowerDistortion = Math.min(lower, distortion);
        const gap = distortion - lowerDistortion;
        return { rateNats, distortion, lowerDistortion, gap, gapNats: gap * chord, slope: chord };
      },
    );
  }

  /**
   * R(D): the minimum rate at a distortion, as `rateNats`; `lowerDistortion` and the gap say how far below a code of that
   * rate might still get.
   * @throws UserError for a distortion below the minimum, which no rate attains.
   */
  atDistortion(distortion: number): RateBound {
    const { nothing, all } = this.#problem;
    requireAtLeast(distortion, all.distortion, "distortion", "units");
    if (distortion >= nothing.distortion) return exactly(0, nothing);
    if (distortion === all.distortion) return exactly(all.rateNats, all);
    return this.#refine(
      (point) => point.distortion >= distortion,
      ({ low, high, chord }) => {
        const rateNats = low.rateNats + (low.distortion - distortion) * chord;
        const tangents = [low, high].filter(({ slope }) => slope < Number.POSITIVE_INFINITY);
        const lowerRates = tangents.map(({ dualNats, slope }) => dualNats - slope * distortion);
        const lowerRate = Math.max(0, ...lowerRates);
        const gapNats = Math.max(0, rateNats - lowerRate);
        const gap = gapNats / chord;
        return { rateNats, distortion, lowerDistortion: distortion - gap, gap, gapNats, slope: chord };
      },
    );
  }

  /**
   * The point at a slope, nats per unit of distortion: 0 and Infinity give the ends.
   * @throws UserError for a slope that is negative or no number.
   */
  atSlope(slope: number): RateBound {
    requireSlope(slope);
    const { nothing, all } = this.#problem;
    if (slope === 0) return exactly(0, nothing);
    if (slope === Number.POSITIVE_INFINITY) return exactly(all.rateNats, all);
    return tangent(this.#points.find((point) => point.slope === slope) ?? this.#add(slope));
  }

  /**
   * The curve for a figure: at least this number of points, by rising rate, dense where it bends most. Straight lines between them lie on
   * or above the function.
   */
  trace(count = 60): RateBound[] {
    while (this.#points.length < count) {
      const intervals = this.#points.slice(1).map((high, k) => interval(this.#points[k], high));
      const bent = intervals.filter(canBeSplit);
      if (bent.length === 0) break;
      const steepest = bent.reduce((worst, each) => (each.bendNats > worst.bendNats ? each : worst));
      if (steepest.bendNats <= this.#toleranceNats) break;
      this.#add(steepest.chord);
    }
    const { nothing, all } = this.#problem;
    return [exactly(0, nothing), ...this.#points.slice(1, -1).map(tangent), exactly(all.rateNats, all)];
  }

  /** Works out points around what is asked until the answer is within the tolerance, or nothing can lie between. */
  #refine(isBefore: (point: Point) => boolean, answer: (around: Interval<Point>) => RateBound): RateBound {
    for (;;) {
      const last = Math.max(0, this.#points.slice(0, -1).findLastIndex(isBefore));
      const around = interval(this.#points[last], this.#points[last + 1]);
      const bound = answer(around);
      const near = bound.gapNats <= this.#toleranceNats || around.bendNats <= this.#toleranceNats / 4;
      if (near || !canBeSplit(around) || this.#points.length >= MAX_POINTS) return bound;
      this.#add(around.chord);
    }
  }

  #add(slope: number): Point {
    const before = this.#points.findLastIndex((known) => known.slope < slope);
    const point = this.#problem.solve(slope, this.#points[before]);
    this.#points.splice(before + 1, 0, point);
    return point;
  }
}

function interval<Point extends TangentPoint>(low: Point, high: Point): Interval<Point> {
  const rise = high.rateNats - low.rateNats;
  const ratio = high.slope === Number.POSITIVE_INFINITY ? 0 : low.slope / high.slope;
  return { low, high, chord: rise / (low.distortion - high.distortion), bendNats: rise * (1 - ratio) };
}

/** Whether a point can lie between: not where rounding has made the two neighbours one, nor on a straight part. */
function canBeSplit({ low, high, chord }: Interval<TangentPoint>): boolean {
  return chord > low.slope && chord < high.slope;
}

function exactly(rateNats: number, { distortion, slope }: TangentPoint): RateBound {
  return { rateNats, distortion, lowerDistortion: distortion, gap: 0, gapNats: 0, slope };
}

/** A point of finite slope above 0, with what its own tangent says at its rate. */
function tangent({ rateNats, distortion, dualNats, slope }: TangentPoint): RateBound {
  const lowerDistortion = Math.min(distortion, (dualNats - rateNats) / slope);
  const gap = distortion - lowerDistortion;
  return { rateNats, distortion, lowerDistortion, gap, gapNats: gap * slope, slope };
}

function requireAtLeast(value: number, minimum: number, name: string, unit: string): void {
  if (value >= minimum) return;
  const what = `the ${name} is at least ${minimum} ${unit}`;
  refuse(`${name} ${value}`, what, `Give a ${name} of at least ${minimum}`);
}
