/** How near made images are to real ones, by plain arrays of their features or pixels. Rules Q1 to Q3: docs/definitions/quality.md. */
export { type CovarianceRoot, type FrechetDistance, frechetDistance } from "./frechet.js";
export {
  type KernelDistance,
  type KernelDistanceOptions,
  kernelDistance,
  squaredKernelDistance,
} from "./kid.js";
export {
  type SlicedWasserstein,
  type SlicedWassersteinOptions,
  slicedWasserstein,
  transportOnLine,
} from "./sliced-wasserstein.js";
