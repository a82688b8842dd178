import { UserError } from "../errors.js";
import type { FigureSpec } from "../figures/figure.js";
import {
  type MatchedPictures,
  type RateDistortionBound,
  type RateDistortionCurvesData,
  type RateDistortionCurvesOptions,
  rateDistortionCurves,
} from "../figures/rate-distortion-curves.js";
import { type CorridorsCause, corridorsPositionCurve } from "../information/corridors-bound.js";
import type { MeasuredRun, Method } from "../sweeps/methods.js";
import { likelihoodOf } from "../sweeps/trade.js";

/** What a figure of rate and distortion shows besides the methods. */
export interface TradeFigureChoice
  extends Pick<RateDistortionCurvesOptions, "title" | "caption" | "interval" | "convention" | "colourOrder"> {
  /** Lines of equal -ELBO, in nats. */
  readonly negativeElbosNats?: readonly number[];
  /** Corridors alone: the position distortion, with the minimum that any code of a rate can have (rule B6). */
  readonly bound?: boolean;
  readonly pictures?: readonly MatchedPictures[];
}

/** Name of the position distortion in metrics files. */
const POSITION_METRIC = "positionDistortion";
/** Of the curve for 13 columns each takes a third of a second. */
const BOUND_POINTS = 24;

/**
 * Methods in the plane of rate (nats per image) and distortion (the likelihood's unit).
 * @param methods as `groupIntoMethods` makes them.
 * @param choice what the figure shows besides.
 * @throws UserError when lines of -ELBO are asked for where the distortion is not in nats, or a bound for
 * data that are not Corridors or runs whose position distortion was not measured.
 */
export function drawRateDistortion(
  methods: readonly Method[],
  { bound = false, negativeElbosNats, pictures, ...options }: TradeFigureChoice = {},
): FigureSpec {
  if (negativeElbosNats !== undefined) requireNats(methods, negativeElbosNats);
  return rateDistortionCurves(
    {
      ...tradeCurves(methods, bound),
      ...(negativeElbosNats === undefined ? {} : { negativeElbosNats }),
      ...(pictures === undefined ? {} : { pictures }),
    },
    { ...options, distortionName: distortionName(methods, bound) },
  );
}

/** The first of all runs: they agree in data and units. */
function firstOf(methods: readonly Method[]): MeasuredRun | undefined {
  return methods[0]?.points[0]?.runs[0];
}

function distortionName(methods: readonly Method[], bound: boolean): string {
  if (bound) return "position distortion (squared error per pixel)";
  const first = firstOf(methods);
  const unit = first && likelihoodOf(first.configuration)?.distortionUnit;
  return unit === undefined ? "distortion" : `distortion (${unit})`;
}

/**
 * What the figure shows of the methods, seed by seed.
 * @throws UserError as {@link drawRateDistortion}.
 */
export function tradeCurves(
  methods: readonly Method[],
  bound = false,
): Pick<RateDistortionCurvesData, "methods" | "bound"> {
  const cause = bound ? commonCause(methods) : undefined;
  const distortionOf = bound ? positionDistortion : ({ trade }: MeasuredRun) => trade.distortion;
  const drawn = {
    methods: methods.map(({ name, points, lowRateLimitNats }) => ({
      name,
      points: points.map(({ label, runs }) => ({
        label,
        rateNats: runs.map(({ trade }) => trade.rateNats),
        distortion: runs.map(distortionOf),
      })),
      ...(lowRateLimitNats === undefined ? {} : { lowRateLimitNats }),
    })),
  };
  return cause ? { ...drawn, bound: positionBound(cause) } : drawn;
}

function positionDistortion({ run, trade }: MeasuredRun): number {
  const value = trade.metrics[POSITION_METRIC];
  if (typeof value === "number") return value;
  throw new UserError({
    where: run.path,
    what: "its position distortion was not measured",
    remedy: "Leave --bound out, or train it again: every evaluation of Corridors measures it now",
  });
}

/** The cause of the Corridors that all runs share. */
function commonCause(methods: readonly Method[]): CorridorsCause {
  const first = firstOf(methods);
  const corridors = first?.configuration.data.corridors;
  if (!corridors) {
    throw new UserError({
      where: "--bound",
      what: "the data are not Corridors, whose cause can be enumerated",
      remedy: "Leave --bound out",
    });
  }
  const { samples: _, seed: __, ...cause } = corridors;
  return cause;
}

/** The minimum position distortion at every rate. */
function positionBound(cause: CorridorsCause): RateDistortionBound {
  const points = corridorsPositionCurve(cause)
    .trace(BOUND_POINTS)
    .map(({ rateNats, distortion, lowerDistortion }) => ({
      rateNats,
      lower: lowerDistortion,
      upper: distortion,
    }));
  return { name: "bound", points };
}

function requireNats(methods: readonly Method[], negativeElbosNats: readonly number[]): void {
  if (firstOf(methods)?.trade.negativeElboNats !== undefined) return;
  throw new UserError({
    where: `--elbo ${negativeElbosNats.join()}`,
    what: "rate and distortion have no sum: the distortion is not in nats per image",
    remedy: "Leave --elbo out, or train with likelihood.type=bernoulli",
  });
}
