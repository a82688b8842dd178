/** What a code did to the geometry of a reference code, in three numbers with their uncertainty (rules G10 to G15). */
export {
  type DistortionIndex,
  type DistortionIndices,
  distortionIndices,
  type IndicesOptions,
} from "./distortion-indices.js";
