import { composite, defineOperation } from "../operation.js";
import { sameShape } from "../shape.js";
import { shapeError } from "../shape-error.js";
import type { Tensor } from "../tensor.js";
import { slice, transpose } from "./layout.js";
import { convolveByPhases, phasesOf } from "./phases.js";
import { sumOver } from "./reduce.js";
import type { Window } from "./window.js";

// Convolution on maps stored as planes, [B, channels, height, width], by the runtime's own kernels. On large maps it
// beats a gather and a product (operations/convolution.ts): the patches of one image fit into the cache, those of a batch
// are hundreds of megabytes. The three operations are one trilinear form seen from its three sides, so each is made of the
// other two when it is differentiated.

/** What the runtime is told of a window. */
interface Borders {
  readonly kernel: number;
  readonly stride: number;
  readonly before: number;
  /** Border behind the map, for each axis; 0 where windows end before the map does. */
  readonly behind: readonly [number, number];
  /** Positions at the end of the map that no window sees, for each axis. */
  readonly unseen: readonly [number, number];
}

function bordersOf({ fine, coarse, kernel, stride, padding }: Window): Borders {
  const reach = (axis: 0 | 1) => (coarse[axis] - 1) * stride + kernel - padding - fine[axis];
  const both = <Value>(of: (axis: 0 | 1) => Value) => [of(0), of(1)] as const;
  return {
    kernel,
    stride,
    before: padding,
    behind: both((axis) => Math.max(0, reach(axis))),
    unseen: both((axis) => Math.max(0, -reach(axis))),
  };
}

/** Borders in ONNX's order: before each axis, then behind each. */
function pads({ before, behind }: Borders): number[] {
  return [before, before, ...behind];
}

const onto = defineOperation<Window>({
  name: "convolvePlanes",
  shape: ([x, weight, bias], window, misfit) => {
    const [batch, channels, ...size] = x!.shape as [number, number, number, number];
    const [outputs, ...kernel] = weight!.shape as [number, number, number, number];
    if (!sameShape(size, window.fine)) misfit(`needs planes of ${window.fine.join("x")}`);
    if (!sameShape(kernel, [channels, window.kernel, window.kernel]))
      misfit(`needs a weight of [outputs, ${channels}, ${window.kernel}, ${window.kernel}]`);
    if (bias && !sameShape(bias.shape, [outputs])) misfit(`needs a bias of [${outputs}]`);
    return [batch, outputs, ...window.coarse];
  },
  onnx: (_, window) => {
    const borders = bordersOf(window);
    const { kernel, stride } = borders;
    return {
      type: "Conv",
      attributes: { kernel_shape: [kernel, kernel], strides: [stride, stride], pads: pads(borders) },
    };
  },
  gradient: ({ operands: [x, weight, bias], attributes: window, gradient }) => [
    convolvePlanesTransposed(gradient, weight!, window),
    weightOf(x!, gradient, window),
    ...(bias ? [sumOver(gradient, [0, 2, 3])] : []),
  ],
});

/**
 * Fine -> coarse on planes: x [B, Cf, fine], weight [Cc, Cf, kernel, kernel] -> [B, Cc, coarse].
 * @param bias [Cc], added to every position.
 * @throws ShapeError when the planes do not fit the window or the weight.
 */
export function convolvePlanes(x: Tensor, weight: Tensor, window: Window, bias?: Tensor): Tensor {
  return onto(bias ? [x, weight, bias] : [x, weight], window);
}

/**
 * Coarse -> fine, the adjoint of {@link convolvePlanes} in x: y [B, Cc, coarse], weight [Cc, Cf, kernel, kernel] -> [B, Cf, fine].
 * @param bias [Cf], added to every position.
 * @throws ShapeError when the planes do not fit the window or the weight.
 */
export function convolvePlanesTransposed(y: Tensor, weight: Tensor, window: Window, bias?: Tensor): Tensor {
  checkTransposed(y, weight, window, bias);
  const phases = phasesOf(window);
  const lowered = phases
    ? convolveByPhases(y, weight, window, phases, bias)
    : scatterPlanes(bias ? [y, weight, bias] : [y, weight], window);
  return composite(
    "convolvePlanesTransposed",
    bias ? [y, weight, bias] : [y, weight],
    lowered,
    (gradient) => [
      convolvePlanes(gradient, weight, window),
      weightOf(gradient, y, window),
      ...(bias ? [sumOver(gradient, [0, 2, 3])] : []),
    ],
  );
}

function checkTransposed(y: Tensor, weight: Tensor, window: Window, bias: Tensor | undefined): void {
  const misfit = (reason: string): never => {
    throw shapeError("convolvePlanesTransposed", bias ? [y, weight, bias] : [y, weight], reason);
  };
  const [, channels, ...size] = y.shape as [number, number, number, number];
  const [inputs, outputs, ...kernel] = weight.shape as [number, number, number, number];
  if (!sameShape(size, window.coarse)) misfit(`needs planes of ${window.coarse.join("x")}`);
  if (!sameShape([inputs, ...kernel], [channels, window.kernel, window.kernel]))
    misfit(`needs a weight of [${channels}, outputs, ${window.kernel}, ${window.kernel}]`);
  if (bias && !sameShape(bias.shape, [outputs])) misfit(`needs a bias of [${outputs}]`);
}

/** The runtime's own transposed convolution: a product, and a slow sum of what lands on one position. */
const scatterPlanes = defineOperation<Window>({
  name: "scatterPlanes",
  shape: ([y, weight], { fine }) => [y!.shape[0]!, weight!.shape[1]!, ...fine],
  onnx: (_, window) => {
    const borders = bordersOf(window);
    const { kernel, stride } = borders;
    return {
      type: "ConvTranspose",
      attributes: {
        kernel_shape: [kernel, kernel],
        strides: [stride, stride],
        pads: pads(borders),
        output_padding: borders.unseen,
      },
    };
  },
});

/** A correlation of whole maps with whole maps: what {@link weightOf} is made of. */
const correlate = defineOperation<Window>({
  name: "correlate",
  shape: ([x, y], { fine, coarse, stride, padding, ...rest }) => {
    const { behind } = bordersOf({ fine, coarse, stride, padding, ...rest });
    const extent = (axis: 0 | 1) => fine[axis] + padding + behind[axis] - (coarse[axis] - 1) * stride;
    return [x!.shape[0]!, y!.shape[0]!, extent(0), extent(1)];
  },
  onnx: (_, window) => ({
    type: "Conv",
    attributes: {
      kernel_shape: window.coarse,
      dilations: [window.stride, window.stride],
      pads: pads(bordersOf(window)),
    },
  }),
});

/**
 * How the weight of {@link convolvePlanes} changes what it gives: x [B, Cf, fine], y [B, Cc, coarse] ->
 * [Cc, Cf, kernel, kernel]. It is a convolution whose windows are whole maps and whose channels are the images.
 */
function weightOf(x: Tensor, y: Tensor, window: Window): Tensor {
  const swap = [1, 0, 2, 3];
  const whole = correlate([transpose(x, swap), transpose(y, swap)], window);
  const { kernel } = window;
  // Where some positions at the end are unseen the correlation reaches further than the kernel.
  const lowered = transpose(slice(slice(whole, 2, 0, kernel), 3, 0, kernel), swap);
  return composite("weightOf", [x, y], lowered, (gradient) => [
    convolvePlanesTransposed(y, gradient, window),
    convolvePlanes(x, gradient, window),
  ]);
}
