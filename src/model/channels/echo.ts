import * as z from "zod";
import { dense } from "../../nn/dense.js";
import { widthSchema } from "../../nn/parameters.js";
import type { Scope } from "../../nn/scope.js";
import {
  add,
  clip,
  divide,
  exp,
  multiply,
  negate,
  softplus,
  subtract,
  tanh,
} from "../../tensor/operations/elementwise.js";
import { matMul } from "../../tensor/operations/matmul.js";
import { sumOver } from "../../tensor/operations/reduce.js";
import { constant, named, type Tensor } from "../../tensor/tensor.js";
import { definePart } from "../part.js";
import type { Phase } from "../parts.js";
import { echoClipFactor } from "./echo-clip.js";
import { ECHO_SAMPLING, echoNoise, sampleEchoTerms } from "./echo-noise.js";

const centreSchema = z.discriminatedUnion("type", [
  /** tanh(a / width): a long linear range, and never beyond 1. */
  z.strictObject({ type: z.literal("tanh"), width: z.number().positive().default(16) }),
  /** a itself, cut off at +-bound. */
  z.strictObject({ type: z.literal("linear"), bound: z.number().positive().default(10) }),
]);

/** Settings of an Echo channel, in a configuration. */
export const echoSettings = {
  dimensions: widthSchema.default(32).describe("dimensions of the code"),
  terms: z
    .int()
    .positive()
    .max(4096)
    .default(99)
    .describe("terms of the noise's sum; without replacement a batch must hold one image more"),
  centre: centreSchema.prefault({ type: "tanh" }).describe("the centre f, from a dense layer's output"),
  scale: z
    .enum(["log-sigmoid", "softplus"])
    .default("log-sigmoid")
    .describe("the scale s is r sigmoid(b), or r sigmoid(-b), which the authors' code has with a softplus"),
  sampling: z.enum(ECHO_SAMPLING).default("without-replacement"),
  clipFactor: z
    .number()
    .positive()
    .lt(1)
    .optional()
    .describe("the bound r on the scales, if it is not computed from the terms and the magnitude of f"),
  centred: z
    .boolean()
    .optional()
    .describe("takes the batch's mean off f first; the authors' echo_mc, not used in the paper"),
  multiplicative: z
    .boolean()
    .optional()
    .describe(
      "z = e^(f + s noise): an invertible map behind the channel, which leaves the rate as it is; not used in the paper",
    ),
};

export type EchoSettings = z.output<z.ZodObject<typeof echoSettings>>;

/** The bound r on the scales of such a channel, given or computed. */
export function clipFactorOf({ terms, centre, clipFactor }: EchoSettings): number {
  return clipFactor ?? echoClipFactor({ terms, magnitude: centre.type === "tanh" ? 1 : centre.bound });
}

/**
 * z = f(x) + s(x) * noise, the noise made of the codes of other images, so that it is distributed as the code itself: the rate
 * -sum of log s(x) is the mutual information, exactly, whatever the distribution of the images (rule R4; "Exact rate-distortion in
 * autoencoders via Echo noise", theorem of section 2). It needs no marginal.
 */
export const echoChannel = definePart({
  kind: "channel",
  type: "echo",
  about: "noise made of the codes of other images of the batch, so that the rate is exact",
  settings: echoSettings,
  make: (settings) => {
    const { dimensions, terms, sampling, centred, multiplicative } = settings;
    const clipFactor = clipFactorOf(settings);
    return {
      dimensions,
      minRateNats: -dimensions * Math.log(clipFactor),
      minBatch: sampling === "without-replacement" ? terms + 1 : 1,
      mixesImages: true,
      transmit(scope, features, _price, phase) {
        const { mean: centre, logScale } = heads(scope, features, phase);
        // Noise is made of other images: what is exported gives the centre, and leaves samples to its user.
        const noise =
          phase === "export"
            ? constant(0, centre.shape)
            : echoNoise(centre, logScale, sampleEchoTerms(scope, features.shape[0]!, terms, sampling));
        const sent = add(centre, multiply(exp(logScale), named(noise, "echo")));
        const dimensionRateNats = negate(logScale);
        return {
          mean: centre,
          code: named(multiplicative ? exp(sent) : sent, "code"),
          dimensionRateNats,
          rateNats: named(sumOver(dimensionRateNats, [1]), "rateNats"),
          rateEstimator: "exact",
          posterior: undefined,
        };
      },
    };

    function heads(scope: Scope, features: Tensor, phase: Phase) {
      const raw = dense(scope.in("centre"), features, dimensions);
      const width = dense(scope.in("scale"), features, dimensions);
      const bounded =
        settings.centre.type === "tanh"
          ? tanh(multiply(raw, 1 / settings.centre.width))
          : clip(raw, -settings.centre.bound, settings.centre.bound);
      const shrunk = softplus(settings.scale === "log-sigmoid" ? negate(width) : width);
      return {
        mean: named(centred ? withoutMean(bounded, phase) : bounded, "centre"),
        logScale: named(subtract(Math.log(clipFactor), shrunk), "logScale"),
      };
    }
  },
});

/** Rows minus their mean over the batch. */
function withoutMean(x: Tensor, phase: Phase): Tensor {
  const batch = x.shape[0]!;
  if (phase !== "export") return subtract(x, matMul(constant(1 / batch, [1, batch]), x));
  // A batch of any size has to count its rows itself.
  const rows = sumOver(add(multiply(x, 0), 1), [0]);
  return subtract(x, divide(sumOver(x, [0]), rows));
}
