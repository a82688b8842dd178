import type { Scope } from "../nn/scope.js";
import { imagesOf } from "../tensor/operations/feature-map.js";
import { reshape } from "../tensor/operations/layout.js";
import { sizeOf } from "../tensor/shape.js";
import { computedFrom, type Tensor, topologicalOrder } from "../tensor/tensor.js";
import type { Pass } from "./model.js";

/** The layers that every autoencoder has in addition to those of its networks. */
export const OUTER_LAYERS = { input: "input", mean: "mean", code: "code", output: "output" } as const;

/**
 * The output of each layer of an autoencoder in a pass, as rows [B, D], in the order in which an image passes them: `input`; every
 * layer of the encoder, behind its rectifier; `mean`, the code's centre; `code`, its sample; every layer of the decoder but the last; and
 * `output`, the reconstruction. A map is laid out by place, then by channel.
 * @param images [B, height, width, channels] that the pass was of.
 * @param scope in which it was built.
 */
export function layersOf(pass: Pass, images: Tensor, { requests: { maps } }: Scope): Map<string, Tensor> {
  const { transmission, reconstruction } = pass;
  const batch = images.shape[0]!;
  const asRows = (tensor: Tensor) => {
    const map = maps.get(tensor);
    return map ? imagesOf(map) : reshape(tensor, [batch, sizeOf(tensor.shape) / batch]);
  };
  const inside = topologicalOrder([reconstruction], computedFrom).filter(
    ({ name = "", origin }) => origin.kind !== "input" && /^(encoder|decoder)\./.test(name),
  );
  const of = (part: string) => inside.filter(({ name }) => name!.startsWith(part));
  const decoder = of("decoder.");
  return new Map([
    [OUTER_LAYERS.input, asRows(images)],
    ...of("encoder.").map((tensor) => [tensor.name!, asRows(tensor)] as const),
    [OUTER_LAYERS.mean, transmission.mean],
    [OUTER_LAYERS.code, transmission.code],
    // The decoder's last layer is the reconstruction before it is squashed.
    ...decoder.slice(0, -1).map((tensor) => [tensor.name!, asRows(tensor)] as const),
    [OUTER_LAYERS.output, asRows(reconstruction)],
  ]);
}
