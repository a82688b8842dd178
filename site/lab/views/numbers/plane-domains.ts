import type { BoundCurve, PlanePoint } from "../../core/contract.js";

type Domain = readonly [low: number, high: number];

export interface PlaneDomains {
  readonly rate: Domain;
  readonly distortion: Domain;
  /** For a logarithmic axis: the smallest distortion above 0 that matters. */
  readonly positiveDistortion: Domain;
}

/** Room to the right of the last thing that is drawn. */
const MARGIN = 1.06;
/** The largest distortion without a bound or a point. */
const WITHOUT = { rateNats: 6, distortion: 0.2 };
/** A logarithmic axis goes down to this share of its top at most: the bound itself falls to 0. */
const DEPTH = 1e-3;

/**
 * Ends of the axes of the plane: they hold the bound, the target and all points. Rate and distortion begin at 0.
 * A model without training may lie far above the bound: up to three times its highest distortion is shown.
 */
export function planeDomains(shown: {
  readonly bound: BoundCurve | undefined;
  readonly points: readonly Pick<PlanePoint, "rateNats" | "positionDistortion">[];
  readonly targetRateNats: number | undefined;
}): PlaneDomains {
  const { bound, points, targetRateNats } = shown;
  let rate = Math.max(bound?.entropyNats ?? 0, targetRateNats ?? 0);
  let distortion = 0;
  for (const point of points) {
    rate = Math.max(rate, finite(point.rateNats));
    distortion = Math.max(distortion, finite(point.positionDistortion));
  }
  const top = bound?.points[0]?.positionDistortion ?? 0;
  const high =
    Math.max(top, top > 0 ? Math.min(distortion, 3 * top) : distortion) * MARGIN || WITHOUT.distortion;
  let lowest = high;
  for (const { positionDistortion } of [...points, ...(bound?.points ?? [])])
    if (positionDistortion > 0) lowest = Math.min(lowest, positionDistortion);
  return {
    rate: [0, rate * MARGIN || WITHOUT.rateNats],
    distortion: [0, high],
    positiveDistortion: [Math.max(lowest * 0.8, high * DEPTH), high],
  };
}

const finite = (value: number) => (Number.isFinite(value) ? value : 0);
