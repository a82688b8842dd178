/** The papers that are reproduced, each a room of its own, and what a reproduction of another one is made with. */
export * as echoNoise from "../papers/echo-noise/index.js";
export * as geometryOfEfficientCodes from "../papers/geometry-of-efficient-codes/index.js";
export * as intrinsicDimension from "../papers/intrinsic-dimension/index.js";
export { defineReproduction, type PreparedReproduction, type Reproduction } from "../reproduction/define.js";
