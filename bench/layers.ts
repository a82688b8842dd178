import * as z from "zod";
import { layerShape, stackSettings, stackWindows } from "../src/model/encoders/convolutional.js";
import type { ModelSettings } from "../src/model/model.js";
import type { ImageShape } from "../src/model/parts.js";
import { normalisation } from "../src/nn/batch-normalisation.js";
import { windowOver, windowUnder } from "../src/nn/convolution.js";
import type { Window } from "../src/tensor/operations/convolution.js";
import { sizeOf } from "../src/tensor/shape.js";

/** A layer as any library has it, with what follows it. */
export type Layer = {
  readonly inputs: number;
  readonly outputs: number;
  /** Whether batch normalisation follows. */
  readonly normalise: boolean;
  /** Of the leaky rectifier behind, for negative inputs; null where none follows. */
  readonly slope: number | null;
} & ({ readonly kind: "dense" } | { readonly kind: "convolution" | "transposed"; readonly window: Window });

/** An autoencoder layer by layer: what counts its multiply-adds and what another library builds it from. */
export interface LayerDescription {
  /** From the image inwards; the last one's numbers are the features of the code. */
  readonly encoder: readonly Layer[];
  /** Numbers in a code; centre and scale come from the features by a dense layer of twice as many outputs. */
  readonly dimensions: number;
  /** From the code outwards: dense layers, then layers of maps. */
  readonly decoder: readonly Layer[];
  /** The map that the numbers of the decoder's last dense layer (or the code's) are laid out as. */
  readonly map: { readonly size: readonly [number, number]; readonly channels: number };
}

const unitsSchema = z.array(z.int());
const encoderSchema = z.object({
  type: z.literal("convolutional"),
  ...stackSettings,
  dense: unitsSchema.default([]),
});
const mirrorSchema = z.object({ type: z.literal("convolutional"), ...stackSettings });
const stackSchema = z.object({
  type: z.literal("stack"),
  dense: unitsSchema,
  map: z.object({ size: z.tuple([z.int(), z.int()]), channels: z.int() }),
  layers: z.array(z.object({ ...layerShape, transposed: z.boolean() })),
  slope: z.number(),
  ...normalisation,
});
/** Two dense layers of D outputs each, in either. */
const channelSchema = z.object({ type: z.enum(["gaussian", "echo"]), dimensions: z.int() });

/**
 * The layers of a convolutional autoencoder for images of a shape.
 * @throws ZodError when the model is no convolutional one with a gaussian or an Echo channel.
 */
export function describeLayers(settings: ModelSettings, imageShape: ImageShape): LayerDescription {
  const encoder = encoderLayers(settings.encoder, imageShape);
  const { dimensions } = channelSchema.parse(settings.channel);
  return { encoder, dimensions, ...decoderLayers(settings.decoder, dimensions, imageShape) };
}

function encoderLayers(
  settings: ModelSettings["encoder"],
  [height, width, imageChannels]: ImageShape,
): Layer[] {
  const { layers, dense, slope, normalise } = encoderSchema.parse(settings);
  const behind = { normalise: normalise !== undefined, slope };
  const windows = stackWindows(layers, [height, width]);
  const maps = layers.map(({ channels }, i): Layer => {
    const inputs = i === 0 ? imageChannels : layers[i - 1]!.channels;
    return { kind: "convolution", inputs, outputs: channels, window: windows[i]!, ...behind };
  });
  const widths = [sizeOf(windows.at(-1)!.coarse) * layers.at(-1)!.channels, ...dense];
  return [...maps, ...denseLayers(widths, behind)];
}

function decoderLayers(
  settings: ModelSettings["decoder"],
  dimensions: number,
  [height, width, imageChannels]: ImageShape,
): Pick<LayerDescription, "decoder" | "map"> {
  if (settings.type === "stack") return stackLayers(settings, dimensions);
  const { layers, slope, normalise } = mirrorSchema.parse(settings);
  const windows = stackWindows(layers, [height, width]);
  const map = { size: windows.at(-1)!.coarse, channels: layers.at(-1)!.channels };
  const maps = layers.map((_, i): Layer => {
    const behind = i > 0 ? { normalise: normalise !== undefined, slope } : NOTHING;
    const outputs = i === 0 ? imageChannels : layers[i - 1]!.channels;
    return { kind: "transposed", inputs: layers[i]!.channels, outputs, window: windows[i]!, ...behind };
  });
  const spread = denseLayers([dimensions, sizeOf(map.size) * map.channels], NOTHING);
  return { decoder: [...spread, ...maps.reverse()], map };
}

function stackLayers(
  settings: ModelSettings["decoder"],
  dimensions: number,
): Pick<LayerDescription, "decoder" | "map"> {
  const { dense, map, layers, slope, normalise } = stackSchema.parse(settings);
  const behind = { normalise: normalise !== undefined, slope };
  let size: readonly [number, number] = map.size;
  let inputs = map.channels;
  const maps = layers.map(({ transposed, channels: outputs, ...layer }, i): Layer => {
    const window = transposed ? windowUnder(size, layer) : windowOver(size, layer);
    const kind = transposed ? "transposed" : "convolution";
    const made: Layer = { kind, inputs, outputs, window, ...(i < layers.length - 1 ? behind : NOTHING) };
    size = transposed ? window.fine : window.coarse;
    inputs = outputs;
    return made;
  });
  return { decoder: [...denseLayers([dimensions, ...dense], behind), ...maps], map };
}

const NOTHING = { normalise: false, slope: null } as const;

function denseLayers(widths: readonly number[], behind: Pick<Layer, "normalise" | "slope">): Layer[] {
  return widths.slice(1).map((outputs, i) => ({ kind: "dense", inputs: widths[i]!, outputs, ...behind }));
}
