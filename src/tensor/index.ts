export { gradients } from "./gradient.js";
export { addBias } from "./operations/bias.js";
export { expand, sum, sumTo } from "./operations/broadcast.js";
export {
  type ConvolutionMethod,
  type ConvolutionOptions,
  convolve,
  convolveTransposed,
  type Window,
} from "./operations/convolution.js";
export {
  abs,
  add,
  clip,
  divide,
  exp,
  greater,
  leakyRelu,
  log,
  multiply,
  negate,
  type Operand,
  relu,
  sigmoid,
  sign,
  softplus,
  sqrt,
  square,
  subtract,
  tanh,
  where,
} from "./operations/elementwise.js";
export { type AxisOrder, type FeatureMap, imagesOf, mapOfImages } from "./operations/feature-map.js";
export { gather, type IndexTable, scatterSum } from "./operations/gather.js";
export {
  convolveImages,
  convolveToImages,
  convolveTransposedToImages,
} from "./operations/image-convolution.js";
export { concat, pad, reshape, slice, transpose } from "./operations/layout.js";
export { matMul, matMulTransposed } from "./operations/matmul.js";
export { mean, sumOver } from "./operations/reduce.js";
export { logSoftmax, logSumExp } from "./operations/softmax.js";
export { type Shape, sizeOf } from "./shape.js";
export { ShapeError } from "./shape-error.js";
export {
  constant,
  type DataType,
  type Distribution,
  type InputRole,
  input,
  named,
  type Tensor,
} from "./tensor.js";
