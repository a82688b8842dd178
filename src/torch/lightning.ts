/**
 * The networks of the published code of "The geometry of efficient codes" (spec section 3) among the weights of its
 * PyTorch Lightning checkpoints, laid out as Narrows keeps them. PyTorch puts channels before positions and outputs
 * before inputs; here positions come before channels and inputs before outputs.
 */
import { printableNames, UserError } from "../errors.js";
import type { StackLayer } from "../model/encoders/convolutional.js";
import type { NumericArray } from "../numeric-array.js";
import { HEAD, type LightningHead, readHeads } from "./lightning-heads.js";
import { besides, permute, type Tensors, TorchWeights } from "./torch-weights.js";

/** What the weights of a checkpoint say of their model. */
export interface LightningModel {
  /** Settings of the slots that the shapes decide, as a configuration has them. */
  readonly settings: {
    readonly encoder: ConvolutionalSettings;
    readonly channel: { readonly type: "gaussian"; readonly dimensions: number };
    readonly decoder: ConvolutionalSettings;
  };
  /** Dimensions of the code, D. */
  readonly dimensions: number;
  /** Channels of the images. */
  readonly imageChannels: number;
  /** Positions of the innermost map: its height times its width. */
  readonly innermostPositions: number;
  /** The weights under Narrows' names and in its shapes. */
  readonly parameters: ReadonlyMap<string, NumericArray<Float32Array>>;
  /** The classifiers in the same file. */
  readonly heads: readonly LightningHead[];
}

/** An encoder or decoder as its weights show it, as a configuration has it. */
export type ConvolutionalSettings = {
  readonly type: "convolutional";
  readonly layers: readonly StackLayer[];
};

/**
 * Understands the weights of a `BetaVAE`, alone or with classifiers.
 * @param tensors Under their names without Lightning's `model.`.
 * @param where How messages call the file.
 * @throws UserError naming the weights that are missing, unknown, of a shape that does not fit, or not finite.
 */
export function readLightningModel(tensors: Tensors, where: string): LightningModel {
  const hasHeads = [...tensors.keys()].some((name) => HEAD.test(name));
  const depth = Math.max(1, convolutionsIn(tensors, "encoder"), convolutionsIn(tensors, "decoder"));
  checkNames(tensors, depth, hasHeads, where);
  const source = new TorchWeights(tensors, where);

  const innermost = source.extents(`encoder.${2 * (depth - 1)}.weight`, 4)[0]!;
  const imageChannels = source.extents("encoder.0.weight", 4)[1]!;
  const [dimensions, features] = source.extents("fc_mu.weight", 2) as [number, number];
  const positions = features / innermost;
  if (!Number.isInteger(positions)) {
    throw source.misfit(
      "fc_mu.weight",
      `takes ${features} numbers, which are not a whole map of ${innermost} channels`,
    );
  }

  const parameters = new Map<string, NumericArray<Float32Array>>();
  const setLayer = (stack: string, i: number, shape: readonly number[], outputs: number) => {
    const weight = source.take(`${stack}.${2 * i}.weight`, shape);
    parameters.set(`${stack}.${i}.weight`, permute(weight, shape, [2, 3, 1, 0]));
    parameters.set(`${stack}.${i}.bias`, source.take(`${stack}.${2 * i}.bias`, [outputs]));
  };
  const layers = Array.from({ length: depth }, (_, i) => {
    const [channels, , kernel] = source.extents(`encoder.${2 * i}.weight`, 4) as [number, number, number];
    return { channels, kernel, stride: 2, padding: 1 };
  });
  const extents = layers.map(({ channels, kernel }, i) => {
    const outer = layers[i - 1]?.channels ?? imageChannels;
    return { channels, outer, shape: [channels, outer, kernel, kernel] };
  });
  extents.forEach(({ channels, shape }, i) => {
    setLayer("encoder", i, shape, channels);
  });

  // Two dense layers there, one of twice the outputs here: means first, log-variances behind them.
  const both = (take: (name: string) => NumericArray<Float32Array>) =>
    besides([take("fc_mu").data, take("fc_var").data], dimensions);
  const weights = both((name) => {
    const weight = source.take(`${name}.weight`, [dimensions, features]);
    return permute(weight, [dimensions, innermost, positions], [2, 1, 0]);
  });
  const biases = both((name) => source.take(`${name}.bias`, [dimensions]));
  parameters.set("channel.posterior.weight", { shape: [features, 2 * dimensions], data: weights });
  parameters.set("channel.posterior.bias", { shape: [2 * dimensions], data: biases });

  const spread = source.take("decoder_input.weight", [features, dimensions]);
  const { data } = permute(spread, [innermost, positions, dimensions], [2, 1, 0]);
  parameters.set("decoder.input.weight", { shape: [dimensions, features], data });
  const shift = permute(source.take("decoder_input.bias", [features]), [innermost, positions], [1, 0]);
  parameters.set("decoder.input.bias", { shape: [features], data: shift.data });

  // The decoder is the encoder's mirror image: its first layer belongs to the innermost one.
  extents.reverse().forEach(({ outer, shape }, i) => {
    setLayer("decoder", i, shape, outer);
  });

  return {
    settings: {
      encoder: { type: "convolutional", layers },
      channel: { type: "gaussian", dimensions },
      decoder: { type: "convolutional", layers },
    },
    dimensions,
    imageChannels,
    innermostPositions: positions,
    parameters,
    heads: readHeads(tensors, source, dimensions),
  };
}

/** How many convolutions a stack has: PyTorch numbers them 0, 2, 4, ... with the rectifiers between them. */
function convolutionsIn(tensors: Tensors, stack: string): number {
  let count = 0;
  while (tensors.has(`${stack}.${2 * count}.weight`)) count++;
  return count;
}

function checkNames(tensors: Tensors, depth: number, hasHeads: boolean, where: string): void {
  const layers = Array.from({ length: depth }, (_, i) => [`encoder.${2 * i}`, `decoder.${2 * i}`]).flat();
  const all = [...layers, "fc_mu", "fc_var", "decoder_input"];
  const expected = all.flatMap((layer) => [`${layer}.weight`, `${layer}.bias`]);
  const missing = expected.filter((name) => !tensors.has(name));
  const unknown = [...tensors.keys()].filter((name) => !expected.includes(name) && !HEAD.test(name));
  if (missing.length === 0 && unknown.length === 0) return;
  const isClassifierAlone = hasHeads && missing.length === expected.length;
  const problems = [
    ...(missing.length > 0 ? [`it lacks ${printableNames(missing)}`] : []),
    ...(unknown.length > 0 ? [`it holds ${printableNames(unknown)}, which Narrows does not know`] : []),
  ];
  throw new UserError({
    where,
    what: isClassifierAlone
      ? "it is a classifier of codes alone, without an encoder and a decoder"
      : problems.join("; "),
    remedy: "Give a checkpoint of the model class BetaVAE, BetaVAE_CLF or BetaVAE_MultiCLF",
  });
}
