/** Rates and informations of plain arrays. Definitions: docs/definitions/information.md. */
export {
  type InformationEstimate,
  mutualInformationByDimension,
  mutualInformationFromPosterior,
  type PosteriorInformation,
  type PosteriorInformationOptions,
} from "./aggregated-posterior.js";
export { type AndersonDarling, andersonDarling } from "./anderson-darling.js";
export {
  type KernelDensity,
  type KernelDensityOptions,
  kernelDensity,
  StreamingDensity,
  scottBandwidth,
} from "./kernel-density.js";
export {
  type TotalCorrelation,
  totalCorrelationGaussian,
  totalCorrelationOfCovariance,
} from "./total-correlation.js";
