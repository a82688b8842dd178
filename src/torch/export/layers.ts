import type { NumericArray } from "../../numeric-array.js";
import type { Window } from "../../tensor/operations/window.js";
import { sizeOf } from "../../tensor/shape.js";
import { permute } from "../torch-weights.js";
import type { Weights } from "./weights.js";

/** A layer as PyTorch has it. */
export interface TorchLayer {
  /** The expression that makes it, such as `nn.Linear(5, 3)`. */
  readonly source: string;
  /** Its numbers, under the names that its class has for them. */
  readonly tensors: Readonly<Record<string, NumericArray<Float32Array>>>;
}

/** Height, width and channels of a map, or the width of rows. */
export type Features = readonly [height: number, width: number, channels: number] | readonly [width: number];

/** A layer without numbers. */
export function plainLayer(source: string): TorchLayer {
  return { source, tensors: {} };
}

/** A leaky rectifier of that slope; none where it would leave everything as it is. */
export function rectifier(slope: number): readonly TorchLayer[] {
  if (slope === 1) return [];
  return [plainLayer(slope === 0 ? "nn.ReLU()" : `nn.LeakyReLU(${slope})`)];
}

/**
 * A dense layer, weight [outputs, inputs]. Maps are laid out by place and then by channel in Narrows, by channel and then by place in PyTorch: the rows
 * and columns that stand for them change their order.
 * @param outputs What the layer's numbers are taken for by the next.
 */
export function linear(weights: Weights, name: string, inputs: Features, outputs: Features): TorchLayer {
  return linearOf(weights.take(`${name}.weight`), weights.take(`${name}.bias`), inputs, outputs);
}

/** {@link linear} of a weight [inputs, outputs] and a bias [outputs]. */
export function linearOf(
  weight: NumericArray<Float32Array>,
  bias: NumericArray<Float32Array>,
  inputs: Features,
  outputs: Features,
): TorchLayer {
  const [numberIn, numberOut] = [sizeOf(inputs), sizeOf(outputs)];
  const behind = channelsFirst(outputs).map((axis) => axis + inputs.length);
  const order = [...behind, ...channelsFirst(inputs)];
  const { data } = permute(weight, [...inputs, ...outputs], order);
  return {
    source: `nn.Linear(${numberIn}, ${numberOut})`,
    tensors: { weight: { shape: [numberOut, numberIn], data }, bias: vector(bias, outputs) },
  };
}

/** Batch normalisation over a map's places, or of rows; `features` are what the numbers are taken for. */
export function batchNorm(weights: Weights, name: string, features: Features, isMap: boolean): TorchLayer {
  const take = (statistic: string) => {
    const found = weights.take(`${name}.normalisation.${statistic}`);
    return isMap ? found : vector(found, features);
  };
  const columns = isMap ? features.at(-1)! : sizeOf(features);
  return {
    source: `nn.BatchNorm${isMap ? "2d" : "1d"}(${columns})`,
    tensors: {
      weight: take("weight"),
      bias: take("bias"),
      running_mean: take("runningMean"),
      running_var: take("runningVariance"),
    },
  };
}

/** A convolution, weight [outputs, inputs, kernel, kernel]; with a layer of zeros before it where its two borders differ. */
export function convolution(
  weights: Weights,
  name: string,
  [inputs, outputs]: readonly [number, number],
  { fine, coarse, kernel, stride, padding }: Window,
): readonly TorchLayer[] {
  // What the windows need behind the map; PyTorch's own padding is the same on both sides.
  const behind = fine.map((extent, axis) => (coarse[axis]! - 1) * stride + kernel - extent - padding);
  const isEven = behind.every((needed) => needed <= padding);
  const [bottom, right] = behind.map((needed) => Math.max(needed, 0));
  const source = call("nn.Conv2d", [inputs, outputs, kernel], { stride, padding: isEven ? padding : 0 });
  const layer = { source, tensors: convolutionTensors(weights, name) };
  if (isEven) return [layer];
  return [plainLayer(`nn.ZeroPad2d((${padding}, ${right}, ${padding}, ${bottom}))`), layer];
}

/** A transposed convolution, weight [inputs, outputs, kernel, kernel]; with one that takes the last row and column off behind it, where they are too many. */
export function transposedConvolution(
  weights: Weights,
  name: string,
  [inputs, outputs]: readonly [number, number],
  { fine, coarse, kernel, stride, padding }: Window,
): readonly TorchLayer[] {
  const missing = fine.map((extent, axis) => extent - ((coarse[axis]! - 1) * stride + kernel - 2 * padding));
  const [rows, columns] = missing.map((count) => Math.max(count, 0)) as [number, number];
  const [excessRows, excessColumns] = missing.map((count) => Math.min(count, 0));
  const source = call("nn.ConvTranspose2d", [inputs, outputs, kernel], {
    stride,
    padding,
    output_padding: rows === columns ? rows : `(${rows}, ${columns})`,
  });
  const layer = { source, tensors: convolutionTensors(weights, name) };
  if (excessRows === 0 && excessColumns === 0) return [layer];
  return [layer, plainLayer(`nn.ZeroPad2d((0, ${excessColumns}, 0, ${excessRows}))`)];
}

/** [kernel, kernel, fine, coarse] as [coarse, fine, kernel, kernel], which is PyTorch's order for both directions. */
function convolutionTensors(weights: Weights, name: string): TorchLayer["tensors"] {
  const weight = weights.take(`${name}.weight`);
  return { weight: permute(weight, weight.shape, [3, 2, 0, 1]), bias: weights.take(`${name}.bias`) };
}

/** A number for each output, in PyTorch's order. */
function vector({ data }: NumericArray<Float32Array>, features: Features): NumericArray<Float32Array> {
  return {
    shape: [data.length],
    data: permute({ shape: features, data }, features, channelsFirst(features)).data,
  };
}

/** The axes of features with channels before places. */
function channelsFirst(features: Features): readonly number[] {
  return features.length === 3 ? [2, 0, 1] : [0];
}

/** A call with the arguments that are not PyTorch's defaults. */
function call(
  name: string,
  positional: readonly number[],
  named: Readonly<Record<string, number | string>>,
): string {
  const defaults: Readonly<Record<string, number>> = { stride: 1, padding: 0, output_padding: 0 };
  const others = Object.entries(named).filter(([key, value]) => value !== defaults[key]);
  return `${name}(${[...positional, ...others.map(([key, value]) => `${key}=${value}`)].join(", ")})`;
}
