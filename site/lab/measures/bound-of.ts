import {
  type CorridorsCause,
  corridorsEntropyNats,
  corridorsPositionCurve,
  positionsAreIndependent,
} from "../../../src/information/corridors-bound.js";
import { BIASES } from "../../../src/lab/configuration.js";
import type { Frequencies } from "../../../src/lab/experiment.js";
import type { BoundCurve } from "../core/contract.js";

/** How finely a curve is computed: number of points, and the gap between what is reached and what is proven, in nats. */
interface Fineness {
  readonly points: number;
  readonly toleranceNats: number;
}

/** Where the positions are independent: narrower than a line of the drawing, in a second. */
const FINE: Fineness = { points: 40, toleranceNats: 5e-3 };
/** Where they are solved together, which takes a hundred times longer: a first curve in a few seconds, then a better one. */
const JOINT: readonly Fineness[] = [
  { points: 5, toleranceNats: 0.1 },
  { points: 12, toleranceNats: 0.05 },
];

/**
 * The true bound for these frequencies: no code of any kind has a lower position distortion at its rate (rules B5 and B6). Coarse curves
 * first: each is a bound, and the next a tighter one.
 */
export function* boundsOf(frequencies: Frequencies): Generator<BoundCurve> {
  const cause = causeOf(frequencies);
  const entropyNats = corridorsEntropyNats(cause);
  for (const { points, toleranceNats } of positionsAreIndependent(cause) ? [FINE] : JOINT) {
    const traced = corridorsPositionCurve(cause, toleranceNats).trace(points);
    yield {
      // What is proven, not what is reached: nothing lies below.
      points: traced.map(({ rateNats, lowerDistortion }) => ({
        rateNats,
        positionDistortion: lowerDistortion,
      })),
      entropyNats,
    };
  }
}

function causeOf(frequencies: Frequencies): CorridorsCause {
  switch (frequencies.kind) {
    case "uniform":
      return {};
    case "drawn":
      return { weights: frequencies.weights };
    default:
      return { bias: BIASES[frequencies.kind] };
  }
}
