import type { Head } from "../../model/heads/index.js";
import { isAutoencoderSettings, type TrainableSettings } from "../../model/kinds.js";
import type { Model, ModelSettings } from "../../model/model.js";
import type { ImageShape } from "../../model/parts.js";
import type { Trainable } from "../../model/trainable.js";
import type { ParameterLayout } from "../../nn/parameters.js";
import type { NumericArray } from "../../numeric-array.js";
import { sizeOf } from "../../tensor/shape.js";
import { permute } from "../torch-weights.js";
import { method, torchChannel } from "./channel.js";
import type { Features, TorchLayer } from "./layers.js";
import { noSuchPart, type TorchNetwork, torchDecoder, torchEncoder, torchHead } from "./networks.js";
import { Weights } from "./weights.js";

/** A model as a module of plain PyTorch. */
export interface TorchModule {
  /** Text of a Python file that defines the class `Model` and the function `load`. */
  readonly source: string;
  /** Signatures of the methods that a user calls, such as `encode(images) -> mean, log_variance`. */
  readonly calls: readonly string[];
  /** Its weights, as `load_state_dict` takes them. */
  readonly tensors: ReadonlyMap<string, NumericArray<Float32Array>>;
  /** What of the model is not in it, one line each. */
  readonly leftOut: readonly string[];
}

/** Name of the file with the weights. */
export const TORCH_WEIGHTS = "model.safetensors";

/** Parameters that only training, or the rate of a learnt marginal, needs. */
const OF_TRAINING = /^(?:marginal|regularizers|objective)\./;

/**
 * A model in PyTorch's layers, names and layouts: images and maps are NCHW, a convolution's weight is [outputs, inputs, kernel, kernel], a
 * transposed one's [inputs, outputs, kernel, kernel], a dense one's [outputs, inputs], and maps are flattened by channel and then by place. The
 * networks of "The geometry of efficient codes" have the names of their authors' classes, so that these load them too.
 * @param about What the file says of itself in its first line.
 * @throws UserError for a part that cannot be written.
 */
export function torchModule(
  settings: TrainableSettings,
  model: Trainable,
  { layout, parameters }: { readonly layout: ParameterLayout; readonly parameters: Float32Array },
  about: string,
): TorchModule {
  const weights = new Weights(layout, parameters);
  const members = isAutoencoderSettings(settings)
    ? autoencoder(weights, settings, model)
    : classifier(weights, settings, model);
  const forgotten = weights.left.filter((name) => !OF_TRAINING.test(name));
  if (forgotten.length > 0) throw noSuchPart("model", { type: forgotten[0]!.split(".")[0]! });
  return {
    source: sourceOf(members, about),
    calls: members.calls,
    tensors: new Map(Object.entries(tensorsOf(members))),
    leftOut: members.leftOut,
  };
}

/** What a class is made of. */
interface Members {
  /** Single layers and stacks of them by name; a list is a ModuleList. */
  readonly layers: Readonly<Record<string, TorchLayer | TorchNetwork | readonly TorchNetwork[]>>;
  /** Parameters that are no layer's. */
  readonly parameters?: Readonly<Record<string, NumericArray<Float32Array>>>;
  readonly methods: readonly string[];
  readonly calls: readonly string[];
  readonly imports: readonly string[];
  readonly heads: readonly Head[];
  readonly leftOut: readonly string[];
}

function autoencoder(weights: Weights, settings: ModelSettings, model: Trainable): Members {
  const { imageShape, heads } = model;
  const { codeDimensions: dimensions } = model as Model;
  const encoder = torchEncoder(weights, settings.encoder, imageShape);
  const channel = torchChannel(weights, settings, encoder.outputs);
  const { input, ...decoder } = torchDecoder(weights, settings.decoder, dimensions, imageShape);
  const pixelBias = settings.pixelBias && channelsFirst(weights.take("pixelBias"), imageShape);
  const raw = `self.decoder(${decoder.entry})${pixelBias ? " + self.pixel_bias" : ""}`;
  const isSquashed = settings.likelihood.type === "bernoulli" || settings.likelihood.output === "sigmoid";
  const isPriced = settings.channel.type === "echo" || settings.marginal.type === "standard-normal";
  return {
    layers: {
      encoder,
      ...channel.layers,
      ...(input && { decoder_input: input }),
      decoder,
      ...headLayers(weights, settings, heads, [dimensions]),
    },
    ...(pixelBias && { parameters: { pixel_bias: pixelBias } }),
    imports: channel.imports ?? [],
    methods: [
      ...channel.methods,
      ...method("decode(self, codes)", `Codes [batch, ${dimensions}] -> images.`, [
        `return ${isSquashed ? `torch.sigmoid(${raw})` : raw}`,
      ]),
      ...(heads.length > 0 ? classifyMethod("codes", `Codes [batch, ${dimensions}]`, "codes") : []),
      ...method("forward(self, images)", "Images -> their reconstructions from the means of their codes.", [
        "return self.decode(self.encode(images)[0])",
      ]),
    ],
    calls: [...channel.calls, "decode(codes)", ...(heads.length > 0 ? ["classify(codes)"] : [])],
    heads,
    leftOut: isPriced
      ? []
      : [`the marginal ${settings.marginal.type}, and with it the rate: --to onnx --sampled has it`],
  };
}

function classifier(
  weights: Weights,
  settings: Exclude<TrainableSettings, ModelSettings>,
  { imageShape, heads }: Trainable,
): Members {
  const encoder = settings.encoder && torchEncoder(weights, settings.encoder, imageShape);
  const width = sizeOf(imageShape);
  const seen: Features = encoder?.outputs ?? [width];
  const [given, about] = encoder ? ["images", "Images"] : ["codes", `Codes [batch, ${width}]`];
  return {
    layers: { ...(encoder && { encoder }), ...headLayers(weights, settings, heads, seen) },
    imports: [],
    methods: [
      ...(encoder
        ? method("features(self, images)", `Images -> features [batch, ${sizeOf(seen)}].`, [
            "return self.encoder(images)",
          ])
        : []),
      ...classifyMethod(given!, about!, encoder ? "self.features(images)" : "codes"),
      ...method(`forward(self, ${given})`, "The logits of each head.", [`return self.classify(${given})`]),
    ],
    calls: [...(encoder ? ["features(images)"] : []), `classify(${given})`],
    heads,
    leftOut: [],
  };
}

function headLayers(
  weights: Weights,
  { heads: settings }: TrainableSettings,
  heads: readonly Head[],
  inputs: Features,
): { heads?: readonly TorchNetwork[] } {
  if (heads.length === 0) return {};
  return { heads: settings.map((one, i) => torchHead(weights, one, inputs, heads[i]!.outputs)) };
}

function classifyMethod(given: string, about: string, seen: string): readonly string[] {
  return method(
    `classify(self, ${given})`,
    `${about} -> the logits of each head by its name; one alone is the log-odds of the second class.`,
    [`seen = ${seen}`, "return {name: head(seen) for name, head in zip(CLASSES, self.heads)}"],
  );
}

/** Numbers by place and then by channel as [channels, height, width]. */
function channelsFirst({ data }: NumericArray<Float32Array>, shape: ImageShape): NumericArray<Float32Array> {
  return permute({ shape, data }, shape, [2, 0, 1]);
}

function tensorsOf({ layers, parameters = {} }: Members): Record<string, NumericArray<Float32Array>> {
  const ofLayer = (name: string, { tensors }: TorchLayer) =>
    Object.entries(tensors).map(([key, tensor]) => [`${name}.${key}`, tensor] as const);
  const ofNetwork = (name: string, { layers }: TorchNetwork) =>
    layers.flatMap((layer, index) => ofLayer(`${name}.${index}`, layer));
  const named = Object.entries(layers).flatMap(([name, member]) => {
    if ("source" in member) return ofLayer(name, member);
    if ("layers" in member) return ofNetwork(name, member);
    return member.flatMap((network, index) => ofNetwork(`${name}.${index}`, network));
  });
  return { ...Object.fromEntries(named), ...parameters };
}

function sourceOf({ layers, parameters = {}, methods, imports, heads }: Members, about: string): string {
  const stack = (opening: string, { layers }: TorchNetwork, indent: string, closing: string) => [
    `${indent}${opening}nn.Sequential(`,
    ...layers.map(({ source }) => `${indent}    ${source},`),
    `${indent})${closing}`,
  ];
  const indent = " ".repeat(8);
  const made = Object.entries(layers).flatMap(([name, member]) => {
    if ("source" in member) return [`${indent}self.${name} = ${member.source}`];
    if ("layers" in member) return stack(`self.${name} = `, member, indent, "");
    const networks = member.flatMap((network) => stack("", network, `${indent}    `, ","));
    return [`${indent}self.${name} = nn.ModuleList([`, ...networks, `${indent}])`];
  });
  const own = Object.entries(parameters).map(
    ([name, { shape }]) => `${indent}self.${name} = nn.Parameter(torch.zeros(${shape.join(", ")}))`,
  );
  const classes = heads.map(({ name, task }) => `    ${JSON.stringify(name)}: [${task.classes.join(", ")}],`);
  return [
    `"""${about}"""`,
    "",
    ...[...imports, "pathlib"]
      .sort()
      .map((name) => (name === "pathlib" ? "from pathlib import Path" : `import ${name}`)),
    "",
    "import torch",
    "from safetensors.torch import load_file",
    "from torch import nn",
    "",
    ...(classes.length > 0
      ? ["# The classes of each head, in the order of its logits.", "CLASSES = {", ...classes, "}", ""]
      : []),
    "",
    "class Model(nn.Module):",
    "    def __init__(self):",
    "        super().__init__()",
    ...made,
    ...own,
    "",
    ...methods,
    "",
    `def load(file=Path(__file__).with_name("${TORCH_WEIGHTS}")):`,
    '    """The model with its weights, as it is evaluated."""',
    "    model = Model()",
    "    model.load_state_dict(load_file(file))",
    "    return model.eval()",
    "",
  ].join("\n");
}
