import * as z from "zod";
import { UserError } from "../../errors.js";
import { stackDecoderSettings } from "../../model/decoders/stack.js";
import {
  convolutionalEncoderSettings,
  stackSettings,
  stackWindows,
} from "../../model/encoders/convolutional.js";
import { denseSettings } from "../../model/encoders/dense.js";
import type { HeadSettings } from "../../model/heads/index.js";
import type { PartSettings } from "../../model/part.js";
import type { ImageShape } from "../../model/parts.js";
import { windowOver, windowUnder } from "../../nn/convolution.js";
import {
  batchNorm,
  convolution,
  type Features,
  linear,
  plainLayer,
  rectifier,
  type TorchLayer,
  transposedConvolution,
} from "./layers.js";
import type { Weights } from "./weights.js";

/** A network as layers of PyTorch, one after the other. */
export interface TorchNetwork {
  readonly layers: readonly TorchLayer[];
  /** What comes out of it. */
  readonly outputs: Features;
}

/** A decoder: how codes enter it, and its network. */
export interface TorchDecoder extends TorchNetwork {
  /** The dense layer that the codes pass first, where it has a name of its own. */
  readonly input?: TorchLayer;
  /** What the network is given, as an expression of `codes`. */
  readonly entry: string;
}

const convolutionalSchema = z.object(convolutionalEncoderSettings);
const mirroredSchema = z.object(stackSettings);
const denseSchema = z.object(denseSettings);
const stackSchema = z.object(stackDecoderSettings);

/** @throws UserError for an encoder of another type than Narrows' own. */
export function torchEncoder(weights: Weights, settings: PartSettings, image: ImageShape): TorchNetwork {
  if (settings.type === "convolutional") return convolutionalEncoder(weights, settings, image);
  if (settings.type === "dense") {
    const { units, slope } = denseSchema.parse(settings);
    const hidden = denseLayers(weights, "encoder", { inputs: image, widths: units, slope });
    return { layers: [plainLayer("nn.Flatten()"), ...hidden.layers], outputs: hidden.outputs };
  }
  throw noSuchPart("model.encoder", settings);
}

/** @throws UserError for a decoder of another type than Narrows' own. */
export function torchDecoder(
  weights: Weights,
  settings: PartSettings,
  dimensions: number,
  image: ImageShape,
): TorchDecoder {
  if (settings.type === "convolutional") return mirroredDecoder(weights, settings, dimensions, image);
  if (settings.type === "stack") return stackDecoder(weights, settings, dimensions);
  if (settings.type === "dense") {
    const { units, slope } = denseSchema.parse(settings);
    const hidden = denseLayers(weights, "decoder", { inputs: [dimensions], widths: units, slope });
    const pixels = linear(weights, `decoder.${units.length}`, hidden.outputs, image);
    return { entry: "codes", layers: [...hidden.layers, pixels, unflatten(image)], outputs: image };
  }
  throw noSuchPart("model.decoder", settings);
}

/** The network of a head, from what it sees to its logits. */
export function torchHead(
  weights: Weights,
  { name, network }: HeadSettings,
  inputs: Features,
  outputs: number,
): TorchNetwork {
  const at = (index: number) => `heads.${name}.${index}`;
  if (network.type === "linear") {
    return { layers: [linear(weights, at(0), inputs, [outputs])], outputs: [outputs] };
  }
  const { units, slope, dropout } = network;
  const layers = [
    linear(weights, at(0), inputs, [units]),
    ...rectifier(slope),
    ...(dropout > 0 ? [plainLayer(`nn.Dropout(${dropout})`)] : []),
    linear(weights, at(1), [units], [outputs]),
  ];
  return { layers, outputs: [outputs] };
}

function convolutionalEncoder(weights: Weights, settings: PartSettings, image: ImageShape): TorchNetwork {
  const { layers, slope, normalise, dense = [] } = convolutionalSchema.parse(settings);
  const [height, width, channels] = image;
  const windows = stackWindows(layers, [height, width]);
  const maps = layers.flatMap((layer, index) => {
    const window = windows[index]!;
    const inputs = layers[index - 1]?.channels ?? channels;
    const name = `encoder.${index}`;
    return [
      ...convolution(weights, name, [inputs, layer.channels], window),
      ...(normalise ? [batchNorm(weights, name, [...window.coarse, layer.channels], true)] : []),
      ...rectifier(slope),
    ];
  });
  const innermost = [...windows.at(-1)!.coarse, layers.at(-1)!.channels] as const;
  const first = layers.length;
  const ending = denseLayers(weights, "encoder", {
    inputs: innermost,
    widths: dense,
    first,
    slope,
    normalise,
  });
  return { layers: [...maps, plainLayer("nn.Flatten()"), ...ending.layers], outputs: ending.outputs };
}

/** The encoder's layers the other way round, behind a dense layer onto the innermost map. */
function mirroredDecoder(
  weights: Weights,
  settings: PartSettings,
  dimensions: number,
  image: ImageShape,
): TorchDecoder {
  const { layers, slope, normalise } = mirroredSchema.parse(settings);
  const [height, width, channels] = image;
  const windows = stackWindows(layers, [height, width]);
  const innermost = [...windows.at(-1)!.coarse, layers.at(-1)!.channels] as const;
  const steps = layers.map((layer, index) => ({
    channels: [layer.channels, layers[index - 1]?.channels ?? channels] as const,
    window: windows[index]!,
    transposed: true,
  }));
  return {
    input: linear(weights, "decoder.input", [dimensions], innermost),
    entry: `self.decoder_input(codes).unflatten(1, ${channelsFirstTuple(innermost)})`,
    layers: mapLayers(weights, steps.reverse(), { first: 0, slope, normalise }),
    outputs: image,
  };
}

function stackDecoder(weights: Weights, settings: PartSettings, dimensions: number): TorchDecoder {
  const { dense, map, layers, slope, normalise } = stackSchema.parse(settings);
  const innermost = [...map.size, map.channels] as const;
  const widths = { inputs: [dimensions] as const, widths: dense, slope, normalise, last: innermost };
  const { layers: hidden } = denseLayers(weights, "decoder", widths);
  let extent: readonly [number, number] = map.size;
  const steps = layers.map(({ transposed, channels, ...layer }, index) => {
    const window = transposed ? windowUnder(extent, layer) : windowOver(extent, layer);
    extent = transposed ? window.fine : window.coarse;
    return { channels: [layers[index - 1]?.channels ?? map.channels, channels] as const, window, transposed };
  });
  const convolutions = mapLayers(weights, steps, { first: dense.length, slope, normalise });
  const outputs = [...extent, layers.at(-1)!.channels] as const;
  if (dense.length > 0) {
    return { entry: "codes", layers: [...hidden, unflatten(innermost), ...convolutions], outputs };
  }
  // No weights whose order could be changed: the codes themselves are laid out by place and then by channel.
  const entry = `codes.unflatten(1, (${innermost.join(", ")})).permute(0, 3, 1, 2)`;
  return { entry, layers: convolutions, outputs };
}

/** A layer between maps. */
interface MapStep {
  readonly channels: readonly [inputs: number, outputs: number];
  readonly window: Parameters<typeof convolution>[3];
  readonly transposed: boolean;
}

/** The layers from a decoder's innermost map to the image; rectifiers and normalisation follow all but the last. */
function mapLayers(
  weights: Weights,
  steps: readonly MapStep[],
  { first, slope, normalise }: { first: number; slope: number; normalise: "batch" | undefined },
): readonly TorchLayer[] {
  return steps.flatMap(({ channels, window, transposed }, index) => {
    const name = `decoder.${first + index}`;
    const made = (transposed ? transposedConvolution : convolution)(weights, name, channels, window);
    if (index === steps.length - 1) return made;
    const size = transposed ? window.fine : window.coarse;
    const norm = normalise ? [batchNorm(weights, name, [...size, channels[1]], true)] : [];
    return [...made, ...norm, ...rectifier(slope)];
  });
}

/** Dense layers with rectifiers; `last` is what the last one's outputs are laid out as. */
function denseLayers(
  weights: Weights,
  part: "encoder" | "decoder",
  given: {
    readonly inputs: Features;
    readonly widths: readonly number[];
    readonly slope: number;
    readonly normalise?: "batch" | undefined;
    readonly first?: number;
    readonly last?: Features;
  },
): TorchNetwork {
  const { widths, slope, normalise, first = 0, last } = given;
  let inputs = given.inputs;
  const layers = widths.flatMap((width, index) => {
    const name = `${part}.${first + index}`;
    const outputs = (index === widths.length - 1 && last) || ([width] as const);
    const made = linear(weights, name, inputs, outputs);
    inputs = outputs;
    const norm = normalise ? [batchNorm(weights, name, outputs, false)] : [];
    return [made, ...norm, ...rectifier(slope)];
  });
  return { layers, outputs: inputs };
}

function unflatten(map: ImageShape): TorchLayer {
  return plainLayer(`nn.Unflatten(1, ${channelsFirstTuple(map)})`);
}

function channelsFirstTuple([height, width, channels]: ImageShape): string {
  return `(${channels}, ${height}, ${width})`;
}

/** That a part has no counterpart written here. */
export function noSuchPart(where: string, { type }: PartSettings): UserError {
  return new UserError({
    where,
    what: `a part of type ${JSON.stringify(type)} cannot be written as layers of PyTorch`,
    remedy: "Export it with --to onnx",
  });
}
