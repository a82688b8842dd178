import { mapValues } from "../collections.js";
import type { Scope } from "../nn/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { imagesInput, imagesOutput } from "./image-layout.js";
import type { ImageShape, Transmission } from "./parts.js";
import type { ImagesPass, PartProgram } from "./trainable.js";

/** What the parts of an autoencoder are made of; each builds into a scope. */
interface AutoencoderPrograms {
  readonly imageShape: ImageShape;
  readonly codeDimensions: number;
  /** Images [B, height, width, channels] -> what the channel sends of them. */
  encode(scope: Scope, images: Tensor): Transmission;
  /** Codes [B, D] -> images [B, height, width, channels]. */
  decode(scope: Scope, codes: Tensor): Tensor;
  /** Codes [B, D] -> what each head makes of them; undefined where there are no heads. */
  readonly classify: ((scope: Scope, codes: Tensor) => ImagesPass["heads"]) | undefined;
}

/**
 * The programs of an autoencoder's parts.
 *
 * `encoder`: `images` -> `mean` [B, D], the code's centre, and whatever else follows from the images alone: `log_variance` [B, D] of a normal
 * posterior (`base_mean` and `base_log_variance` where it is of what a flow makes into the code); `rate_nats` [B], where it needs no sample;
 * `dimension_rate_nats` [B, D], where dimensions can be separated. `decoder`: `codes` [B, D] -> `images`, in the range of the data. `heads`: `codes` -> the
 * numbers of each head before any squashing [B, outputs], under its name.
 */
export function autoencoderParts(model: AutoencoderPrograms): Record<string, PartProgram> {
  const { imageShape, codeDimensions, classify } = model;
  const codesOf = (scope: Scope, batchSize: number) => scope.batch("codes", [batchSize, codeDimensions]);
  return {
    encoder(scope, batchSize, layout) {
      const sent = model.encode(scope, imagesInput(scope, batchSize, imageShape, layout));
      const { mean, dimensionRateNats, rateNats, rateEstimator } = sent;
      return {
        mean,
        ...posteriorOutputs(sent),
        ...(rateEstimator !== "monte-carlo" && { rate_nats: rateNats }),
        ...(dimensionRateNats && { dimension_rate_nats: dimensionRateNats }),
      };
    },
    decoder: (scope, batchSize, layout) => ({
      images: imagesOutput(model.decode(scope, codesOf(scope, batchSize)), layout),
    }),
    ...(classify && {
      heads: (scope: Scope, batchSize: number) =>
        mapValues(classify(scope, codesOf(scope, batchSize)), ({ outputs }) => outputs),
    }),
  };
}

/**
 * An encoder that draws codes: `images`, and standard normal noise that the channel asks for -> `codes` [B, D], one sample per image, their `mean`, and
 * `rate_nats` [B] at that sample.
 */
export function sampledEncoder({
  imageShape,
  encode,
}: Pick<AutoencoderPrograms, "imageShape" | "encode">): PartProgram {
  return (scope, batchSize, layout) => {
    const { mean, code, rateNats } = encode(scope, imagesInput(scope, batchSize, imageShape, layout));
    return { codes: code, mean, rate_nats: rateNats };
  };
}

function posteriorOutputs({ mean, posterior }: Transmission): Record<string, Tensor> {
  if (!posterior) return {};
  const { mean: own, logVariance } = posterior;
  return own === mean ? { log_variance: logVariance } : { base_mean: own, base_log_variance: logVariance };
}
