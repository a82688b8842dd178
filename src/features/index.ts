/** Features of images, on which sample quality is measured. */
export { asTable, classifierFeatures, type Features } from "./features.js";
export {
  type ImagePair,
  type ImageQuality,
  imageQuality,
  pairOfArrays,
  pairsOfRun,
} from "./image-quality.js";
export { type OnnxFeatureOptions, onnxFeatures } from "./onnx-features.js";
