import type { ImageLayout } from "../model/image-layout.js";
import { isAutoencoder } from "../model/kinds.js";
import type { Trainable } from "../model/trainable.js";

// What the files of an exported model say of themselves. Lists and shapes are JSON, so that every language can read them.

const PARTS: Readonly<Record<string, string>> = {
  encoder: "Images to the mean of their code and what it costs. Nothing is random.",
  "encoder-sampled": "Images and standard normal noise to one sample of their code.",
  decoder: "Codes to images.",
  heads: "Classifiers: logits, before any softmax or sigmoid.",
  features: "Images to what the classifiers see of them.",
};

/** Whether a model reads images, and not codes that are given in their place. */
export function readsImages({ parts }: Trainable): boolean {
  return "encoder" in parts || "features" in parts;
}

/** What a part of a model is, in a sentence. */
export function partText(part: string): string {
  return PARTS[part] ?? part;
}

/** What the inputs and outputs of a model's parts are, by their names. */
export function valueTexts(model: Trainable, layout: ImageLayout): Record<string, string> {
  const axes = layout === "NHWC" ? "batch, height, width, channels" : "batch, channels, height, width";
  const heads = model.heads.map(({ name, outputs, task: { classes } }) => {
    const logits = `${outputs === 1 ? "log-odds of the second of" : "logits of"} the classes ${classes.join(", ")}`;
    return [name, `[batch, ${outputs}], ${logits}`] as const;
  });
  return {
    images: `[${axes}], pixel values from 0 to 1`,
    codes: "[batch, dimensions], codes",
    noise: "[batch, dimensions], standard normal; zeros give the code's centre",
    mean: "[batch, dimensions], the code's centre",
    log_variance: "[batch, dimensions], natural logarithm of the variance of the code around its mean",
    base_mean: "[batch, dimensions], mean of the normal sample that the flow makes into the code",
    base_log_variance: "[batch, dimensions], natural logarithm of the variance of that sample",
    rate_nats: "[batch], nats per image",
    dimension_rate_nats: "[batch, dimensions], nats per image through each dimension",
    features: "[batch, features]",
    ...Object.fromEntries(heads),
  };
}

/** What a model says of itself, as keys and values of a file's metadata. */
export function metadataOfModel(model: Trainable, layout: ImageLayout): Record<string, string> {
  const [height, width, channels] = model.imageShape;
  const shape = layout === "NHWC" ? [height, width, channels] : [channels, height, width];
  const heads = model.heads.map(({ name, task: { classes } }) => [name, classes] as const);
  return {
    ...(readsImages(model) && {
      image_layout: layout,
      image_shape: JSON.stringify(shape),
      value_range: "[0, 1]",
    }),
    ...(isAutoencoder(model) && {
      code_dimensions: String(model.codeDimensions),
      rate_estimator: model.rateEstimator,
      rate_unit: "nats per image",
      distortion_unit: model.likelihood.distortionUnit,
    }),
    ...(heads.length > 0 && { heads: JSON.stringify(Object.fromEntries(heads)) }),
  };
}
