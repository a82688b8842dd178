/** Features of images, on which sample quality is measured. */
export { asTable, classifierFeatures, type Features } from "./features.js";
export { type OnnxFeatureOptions, onnxFeatures } from "./onnx-features.js";
