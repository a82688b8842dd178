import * as z from "zod";
import { UserError } from "../../errors.js";
import { clipFactorOf, echoSettings } from "../../model/channels/echo.js";
import type { ModelSettings } from "../../model/model.js";
import type { NumericArray } from "../../numeric-array.js";
import { type Features, linear, linearOf, type TorchLayer } from "./layers.js";
import { noSuchPart } from "./networks.js";
import type { Weights } from "./weights.js";

/** A channel as layers and methods of a module of PyTorch. */
export interface TorchChannel {
  /** Its dense layers, under their names in the module. */
  readonly layers: Readonly<Record<string, TorchLayer>>;
  /** Methods from `encode` to `rate_nats`, line by line. */
  readonly methods: readonly string[];
  /** What a user calls, with its results. */
  readonly calls: readonly string[];
  /** Modules of Python besides torch that they need. */
  readonly imports?: readonly string[];
}

const echoSchema = z.object(echoSettings);

/**
 * The channel of a model.
 * @throws UserError for one that cannot be written.
 */
export function torchChannel(weights: Weights, model: ModelSettings, features: Features): TorchChannel {
  const { channel, marginal } = model;
  if (channel.type === "gaussian") return gaussian(weights, features, marginal.type === "standard-normal");
  if (channel.type === "echo") return echo(weights, echoSchema.parse(channel), features);
  if (channel.type === "iaf") {
    throw new UserError({
      where: "model.channel",
      what: "an autoregressive flow (iaf) cannot be written as layers of PyTorch",
      remedy: "Export it with --to onnx",
    });
  }
  throw noSuchPart("model.channel", channel);
}

function gaussian(weights: Weights, features: Features, isStandard: boolean): TorchChannel {
  const weight = weights.take("channel.posterior.weight");
  const bias = weights.take("channel.posterior.bias");
  const dimensions = bias.data.length / 2;
  const half = (first: number) =>
    linearOf(columns(weight, first, first + dimensions), columns(bias, first, first + dimensions), features, [
      dimensions,
    ]);
  return {
    layers: { fc_mu: half(0), fc_var: half(dimensions) },
    calls: [
      "encode(images) -> mean, log_variance",
      "sample(mean, log_variance) -> codes",
      ...(isStandard ? ["rate_nats(mean, log_variance)"] : []),
    ],
    methods: [
      ...method(
        "encode(self, images)",
        `Images -> mean and log-variance of their codes, [batch, ${dimensions}] each.`,
        ["features = self.encoder(images)", "return self.fc_mu(features), self.fc_var(features)"],
      ),
      ...method("sample(self, mean, log_variance)", "One code for each image.", [
        "return mean + (log_variance / 2).exp() * torch.randn_like(mean)",
      ]),
      ...(isStandard
        ? method(
            "rate_nats(self, mean, log_variance)",
            "Nats per image [batch]: the divergence from the standard normal, an upper bound of the mutual information.",
            ["return ((mean**2 + log_variance.exp() - 1 - log_variance) / 2).sum(1)"],
          )
        : []),
    ],
  };
}

function echo(weights: Weights, settings: z.output<typeof echoSchema>, features: Features): TorchChannel {
  const { dimensions, terms, centre, scale, sampling, centred, multiplicative } = settings;
  const isTanh = centre.type === "tanh";
  const bounded = isTanh
    ? `torch.tanh(self.fc_centre(features) / ${centre.width})`
    : `self.fc_centre(features).clamp(-${centre.bound}, ${centre.bound})`;
  const others =
    sampling === "with-replacement"
      ? [`others = torch.randint(len(mean), (len(mean), ${terms}), device=mean.device)`]
      : [
          `others = torch.rand(len(mean), len(mean) - 1, device=mean.device).argsort(1)[:, :${terms}]`,
          "others = others + (others >= torch.arange(len(mean), device=mean.device)[:, None])",
        ];
  const sign = scale === "log-sigmoid" ? "-" : "";
  return {
    imports: ["math"],
    calls: [
      "encode(images) -> mean, log_scale",
      "sample(mean, log_scale) -> codes",
      "rate_nats(mean, log_scale)",
    ],
    layers: {
      fc_centre: linear(weights, "channel.centre", features, [dimensions]),
      fc_scale: linear(weights, "channel.scale", features, [dimensions]),
    },
    methods: [
      ...method(
        "encode(self, images)",
        `Images -> mean of their codes and logarithm of the noise's scale, [batch, ${dimensions}] each.`,
        [
          "features = self.encoder(images)",
          `mean = ${bounded}`,
          ...(centred ? ["mean = mean - mean.mean(0)"] : []),
          `log_scale = math.log(${clipFactorOf(settings)}) - nn.functional.softplus(${sign}self.fc_scale(features))`,
          "return mean, log_scale",
        ],
      ),
      ...method(
        "sample(self, mean, log_scale)",
        `One code for each image, its noise made of other images of the batch: give more than ${terms} at a time.`,
        [
          ...others,
          "faded = log_scale[others].cumsum(1) - log_scale[others]",
          "codes = mean + log_scale.exp() * (faded.exp() * mean[others]).sum(1)",
          multiplicative ? "return codes.exp()" : "return codes",
        ],
      ),
      ...method(
        "rate_nats(self, mean, log_scale)",
        "Nats per image [batch]: the mutual information, exactly.",
        ["return -log_scale.sum(1)"],
      ),
    ],
  };
}

/** A method of Python with its docstring, indented as in a class. */
export function method(signature: string, about: string, body: readonly string[]): readonly string[] {
  return [`    def ${signature}:`, `        """${about}"""`, ...body.map((line) => `        ${line}`), ""];
}

/** Columns `from` to `to - 1` of a table, or entries of a vector. */
function columns(
  { shape, data }: NumericArray<Float32Array>,
  from: number,
  to: number,
): NumericArray<Float32Array> {
  const width = shape.at(-1)!;
  const kept = data.filter((_, i) => i % width >= from && i % width < to);
  return { shape: [...shape.slice(0, -1), to - from], data: kept };
}
