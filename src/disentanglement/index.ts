/**
 * Does each dimension of a code stand for one cause? Measured on plain arrays of codes and of the factors that made the
 * samples. Definitions: docs/definitions/disentanglement.md.
 */
export { entropyOfCounts, mutualInformationOfCounts } from "./discrete-information.js";
export { type FactorVaeOptions, type FactorVaeScore, factorVaeScore } from "./factor-vae.js";
export { type Factor, type Factors, toFactors, varyingFactors } from "./factors.js";
export {
  type FactorGap,
  type MutualInformationGap,
  type MutualInformationGapOptions,
  migRows,
  mutualInformationGap,
} from "./mutual-information-gap.js";
