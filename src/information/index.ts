/** Rates and informations of plain arrays. Definitions: docs/definitions/information.md and bounds.md. */
export {
  type InformationEstimate,
  mutualInformationByDimension,
  mutualInformationFromPosterior,
  type PosteriorInformation,
  type PosteriorInformationOptions,
} from "./aggregated-posterior.js";
export { type AndersonDarling, andersonDarling } from "./anderson-darling.js";
export {
  type BlahutArimotoOptions,
  blahutArimoto,
  type DiscreteSourcePoint,
} from "./blahut-arimoto.js";
export {
  type CorridorsBound,
  type CorridorsCause,
  corridorsBoundAt,
  corridorsEntropyNats,
  corridorsPositionCurve,
  corridorsProbabilities,
  corridorsTaskCurve,
  positionsAreIndependent,
} from "./corridors-bound.js";
export {
  type DiscreteLimits,
  discreteProblem,
  type PointLimits,
  pointsProblem,
  type SumPoint,
  sumProblem,
} from "./curve-problems.js";
export {
  type KernelDensity,
  type KernelDensityOptions,
  kernelDensity,
  StreamingDensity,
  scottBandwidth,
} from "./kernel-density.js";
export {
  type PointSourceOptions,
  type PointSourcePoint,
  type Reproductions,
  rateDistortionOfPoints,
} from "./point-source.js";
export {
  type CurveProblem,
  type RateBound,
  RateDistortionCurve,
  type TangentPoint,
} from "./rate-distortion-curve.js";
export {
  type DiscreteSource,
  entropyNats,
  type PointSource,
  toDiscreteSource,
  toPointSource,
  toProbabilities,
} from "./source.js";
export {
  type TotalCorrelation,
  totalCorrelationGaussian,
  totalCorrelationOfCovariance,
} from "./total-correlation.js";
