import { normalised } from "../../nn/batch-normalisation.js";
import {
  convolution,
  convolutionToImages,
  transposedConvolution,
  transposedConvolutionToImages,
} from "../../nn/convolution.js";
import type { Scope } from "../../nn/scope.js";
import { cheapestOrder } from "../../tensor/operations/convolution.js";
import { leakyRelu } from "../../tensor/operations/elementwise.js";
import { type FeatureMap, natural } from "../../tensor/operations/feature-map.js";
import type { Window } from "../../tensor/operations/window.js";
import { named, type Tensor } from "../../tensor/tensor.js";

/** A layer on the way from the innermost map to the image. */
export interface MapLayer {
  readonly outputs: number;
  readonly window: Window;
  readonly transposed: boolean;
}

/**
 * From a decoder's innermost map to images [B, height * width * channels]: leaky rectifiers, and, if configured, normalisation before them, follow every
 * layer but the last.
 * @param first number of the first layer in the decoder: their names begin with it.
 */
export function decodeMap(
  scope: Scope,
  map: FeatureMap,
  layers: readonly MapLayer[],
  { first, slope, normalise }: { first: number; slope: number; normalise: "batch" | undefined },
): Tensor {
  const inside = layers.slice(0, -1).reduce((map, { outputs, window, transposed }, position) => {
    const own = scope.in(first + position);
    const next = layers[position + 1]!;
    const made = transposed
      ? transposedConvolution(own, map, outputs, window, orderFor(own, next, outputs))
      : convolution(own, map, outputs, window);
    const rows = leakyRelu(normalised(own, made.rows, normalise), slope);
    return scope.namedMap(`decoder.${first + position}`, { ...made, rows });
  }, map);
  const last = first + layers.length - 1;
  const { outputs, window, transposed } = layers.at(-1)!;
  const toImages = transposed ? transposedConvolutionToImages : convolutionToImages;
  return named(toImages(scope.in(last), inside, outputs, window), `decoder.${last}`);
}

/** The order of a map's positions with which a layer takes it cheapest. */
function orderFor(
  scope: Scope,
  { window, outputs, transposed }: MapLayer,
  inputs: number,
): FeatureMap["order"] {
  return transposed
    ? cheapestOrder(window, { fine: outputs, coarse: inputs }, { exact: scope.exact })
    : natural(window.fine);
}
