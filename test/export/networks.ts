import type { Task } from "../../src/model/heads/index.js";
import { createTrainable } from "../../src/model/kinds.js";
import type { ImageShape } from "../../src/model/parts.js";
import { trainableSchema } from "../../src/model/schema.js";
import { parameterLayout } from "../../src/training/programs.js";

/** What a model is, for images of a shape. */
interface NetworkCase {
  readonly model: { readonly heads?: readonly { readonly name: string }[]; readonly [key: string]: unknown };
  readonly imageShape: ImageShape;
}

const CORRIDORS = [13, 13, 1] as const;
const D = 4;
const dense = { type: "dense", units: [10, 6] };
const smallLayers = [
  { channels: 3, kernel: 4, stride: 2, padding: 1 },
  { channels: 5, kernel: 3, stride: 2, padding: 1 },
];
const small = { encoder: { type: "convolutional", layers: smallLayers }, decoder: dense };
const flow = { steps: 2, hidden: [8] };
const heads = [
  { name: "upper", task: "xU", network: { type: "hidden", units: 7, slope: 0.2, dropout: 0.25 } },
  { name: "lower", task: "xL", network: { type: "linear" } },
];

/** Networks of every kind, small enough to be tried in a moment; unequal extents everywhere, so that no axis passes for another. */
export const NETWORKS: Readonly<Record<string, NetworkCase>> = {
  "the Corridors baseline": {
    model: { channel: { type: "gaussian", dimensions: 5 } },
    imageShape: CORRIDORS,
  },
  "dense layers": {
    model: {
      encoder: dense,
      decoder: dense,
      channel: { type: "gaussian", dimensions: D },
      likelihood: { type: "bernoulli" },
    },
    imageShape: [6, 5, 3],
  },
  Echo: {
    model: {
      ...small,
      channel: { type: "echo", dimensions: D, terms: 9 },
      likelihood: { type: "bernoulli" },
    },
    imageShape: [10, 14, 2],
  },
  "Echo, linear, centred, softplus": {
    model: {
      ...small,
      channel: {
        type: "echo",
        dimensions: D,
        terms: 9,
        centre: { type: "linear", bound: 0.1 },
        scale: "softplus",
        centred: true,
      },
    },
    imageShape: CORRIDORS,
  },
  "batch normalisation and a stack": {
    model: {
      encoder: { type: "convolutional", layers: smallLayers, dense: [9, 11], normalise: "batch", slope: 0.2 },
      channel: { type: "gaussian", dimensions: D },
      decoder: {
        type: "stack",
        dense: [6, 30],
        map: { size: [2, 3], channels: 5 },
        normalise: "batch",
        slope: 0.2,
        layers: [
          { channels: 6, kernel: 4, stride: 2, padding: 1 },
          { channels: 4, kernel: 3, stride: 1, padding: "same", transposed: false },
          { channels: 3, kernel: 4, stride: 2, padding: 1 },
        ],
      },
      pixelBias: "mean-image",
    },
    imageShape: [8, 12, 3],
  },
  "a mirrored decoder with batch normalisation": {
    model: {
      encoder: { type: "convolutional", layers: smallLayers, normalise: "batch", slope: 0 },
      channel: { type: "gaussian", dimensions: D },
      decoder: { type: "convolutional", layers: smallLayers, normalise: "batch", slope: 0 },
      likelihood: { type: "mse", output: "identity" },
    },
    imageShape: [11, 14, 3],
  },
  "padding same and valid": {
    model: {
      encoder: {
        type: "convolutional",
        layers: [
          { channels: 3, kernel: 4, stride: 2, padding: "same" },
          { channels: 4, kernel: 3, stride: 3, padding: "same" },
          { channels: 5, kernel: 2, stride: 1, padding: "valid" },
        ],
      },
      channel: { type: "gaussian", dimensions: 12 },
      decoder: {
        type: "stack",
        map: { size: [2, 3], channels: 2 },
        layers: [
          { channels: 4, kernel: 4, stride: 1, padding: "valid" },
          { channels: 4, kernel: 3, stride: 2, padding: "same" },
          { channels: 3, kernel: 2, stride: 3, padding: "same" },
          { channels: 2, kernel: 6, stride: 1, padding: "valid", transposed: false },
        ],
      },
    },
    imageShape: [25, 31, 2],
  },
  heads: { model: { ...small, channel: { type: "gaussian", dimensions: D }, heads }, imageShape: CORRIDORS },
  "an inverse autoregressive flow": {
    model: {
      ...small,
      channel: { type: "iaf", dimensions: D, flow },
      marginal: { type: "vamp", pseudoInputs: 5 },
    },
    imageShape: CORRIDORS,
  },
  "a masked autoregressive flow": {
    model: { ...small, channel: { type: "gaussian", dimensions: D }, marginal: { type: "maf", ...flow } },
    imageShape: CORRIDORS,
  },
  "a classifier of images": {
    model: { type: "classifier", encoder: { type: "convolutional", layers: smallLayers }, heads },
    imageShape: [9, 12, 3],
  },
  "a classifier of codes": { model: { type: "classifier", heads }, imageShape: [1, 1, 7] },
};

/** Tasks of three and of two classes, in turn. */
const TASKS: readonly Task[] = [
  { classes: [0, 1, 2], classOf: () => 0 },
  { classes: [0, 1], classOf: () => 0 },
];

/** A network of {@link NETWORKS} with weights of every size: its initial ones and a wave on top, so that no bias is 0 and no statistic is 1. */
export function untrained({ model, imageShape }: NetworkCase) {
  const settings = trainableSchema.parse(model);
  const tasks = new Map(settings.heads.map(({ name }, i) => [name, TASKS[i % 2]!]));
  const trainable = createTrainable(settings, imageShape, { tasks });
  const layout = parameterLayout(trainable);
  const parameters = layout.initialise(1).map((value, i) => value + 0.05 * Math.sin(1.7 * i));
  return { settings, model: trainable, layout, parameters, seed: 0 };
}

/** Images of a shape with values from 0 to 1. */
export function someImages(count: number, imageShape: ImageShape) {
  const size = count * imageShape.reduce((product, extent) => product * extent);
  const images = Float32Array.from({ length: size }, (_, i) => 0.5 + 0.5 * Math.sin(i ** 2));
  return { count, imageShape, images, scale: 1, labels: undefined, labelNames: [] };
}
