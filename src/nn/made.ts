import { addBias } from "../tensor/operations/bias.js";
import { multiply, relu } from "../tensor/operations/elementwise.js";
import { matMul } from "../tensor/operations/matmul.js";
import { constant, type Tensor } from "../tensor/tensor.js";
import { glorotNormal, zeros } from "./initialise.js";
import { MAX_PARAMETERS } from "./parameters.js";
import type { Scope } from "./scope.js";

/**
 * A masked autoencoder (Germain et al. 2015): x [B, D] -> one number per dimension [B, D], of which the j-th rests on the
 * dimensions before j alone; the first is a bias. Hidden units are assigned to the dimensions in equal blocks: those of block k see
 * the dimensions before k in the first layer, and the blocks up to k in the later ones. What a mask hides begins at zero and
 * gets no gradient, so it stays there.
 * @param hidden Units of each hidden layer, rectified.
 * @throws RangeError when a layer's units cannot be divided equally among the dimensions.
 */
export function made(scope: Scope, x: Tensor, hidden: readonly number[]): Tensor {
  const dimensions = x.shape[1]!;
  const uneven = hidden.find((units) => units % dimensions !== 0);
  if (uneven !== undefined) {
    throw new RangeError(
      `a flow's ${uneven} hidden units cannot be divided equally among ${dimensions} dimensions`,
    );
  }
  const widths = [dimensions, ...hidden, dimensions];
  let values = x;
  for (let layer = 0; layer < widths.length - 1; layer++) {
    const [inputs, outputs] = [widths[layer]!, widths[layer + 1]!];
    // The mask is as large, and made at once.
    if (inputs * outputs > MAX_PARAMETERS) {
      throw new RangeError(`a flow's layer of ${inputs} x ${outputs} weights is larger than a model may be`);
    }
    const mask = blockMask(inputs, outputs, dimensions, layer === 0);
    const own = scope.in(layer);
    const masked = masks(mask, glorotNormal({ in: inputs, out: outputs }));
    const weight = multiply(
      own.parameter("weight", [inputs, outputs], masked),
      constant(mask, [inputs, outputs]),
    );
    values = addBias(matMul(values, weight), own.parameter("bias", [outputs], zeros));
    if (layer < widths.length - 2) values = relu(values);
  }
  return values;
}

function masks(mask: Float32Array, initialise: ReturnType<typeof glorotNormal>): typeof initialise {
  return (stream, values) => {
    initialise(stream, values);
    for (let i = 0; i < values.length; i++) values[i]! *= mask[i]!;
  };
}

/** [inputs, outputs] of ones where an output's block may see an input's: a later one, or, unless `strictly`, an equal one. */
function blockMask(inputs: number, outputs: number, blocks: number, strictly: boolean): Float32Array {
  return Float32Array.from({ length: inputs * outputs }, (_, i) => {
    const input = Math.floor((Math.floor(i / outputs) * blocks) / inputs);
    const output = Math.floor(((i % outputs) * blocks) / outputs);
    return (strictly ? input < output : input <= output) ? 1 : 0;
  });
}
