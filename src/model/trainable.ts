import type { Scope } from "../nn/scope.js";
import { mean } from "../tensor/operations/reduce.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Head, HeadPass } from "./heads/index.js";
import type { ImageLayout } from "./image-layout.js";
import type { ImageMetricName, MetricName } from "./metrics.js";
import type { OwnMetric } from "./own-metric.js";
import type { Adversary, ImageShape, ScheduleProgress } from "./parts.js";

// What training and evaluation ask of a model. They know this interface and no kinds: an autoencoder measures a distortion
// and a rate, a classifier of given codes neither, and each says so itself.

/** Numbers of a batch, or means over many: the loss, and what else the model measures. */
export type Measures<Value = number> = { readonly loss: Value } & {
  readonly [Name in Exclude<MetricName, "loss">]?: Value;
};

/** What a model makes of each image of a batch. */
export interface ImagesPass {
  /** [B] each. */
  readonly measures: Readonly<Partial<Record<ImageMetricName, Tensor>>>;
  /** By the name of the head. */
  readonly heads: Readonly<Record<string, HeadPass>>;
  /** The sampled codes [B, D], where the model has some. */
  readonly code?: Tensor | undefined;
  /** Nats sent through each dimension of the code [B, D], where dimensions can be separated. */
  readonly dimensionRateNats?: Tensor | undefined;
}

/** What a batch is judged by: what its images came to, in their order. */
export type JudgedImages = Pick<ImagesPass, "measures" | "code"> & {
  readonly heads: Readonly<Record<string, Pick<HeadPass, "losses">>>;
};

/** What a batch of images comes to together. */
export interface BatchPass {
  /** The scalar to minimise. */
  readonly loss: Tensor;
  /** Mean loss of each head in nats, before any weight. */
  readonly headLosses: Readonly<Record<string, Tensor>>;
  /** What is measured of the batch as a whole, but for the loss. */
  readonly metrics: Omit<Measures<Tensor>, "loss" | ImageMetricName>;
  /** The loss of a network that is trained together with the model, if there is one. */
  readonly adversaryLoss?: Tensor | undefined;
}

/** One pass of a batch through a model, as far as a training needs it. */
export type TrainablePass = ImagesPass &
  Omit<BatchPass, "metrics"> & {
    /** The batch's own, and means over its images, as scalars: what the loop logs. */
    readonly metrics: Measures<Tensor>;
  };

/** A batch through a whole model: what it makes of the images, and how that is judged. */
export function wholePass<Images extends ImagesPass>(
  model: { judge: Trainable["judge"] },
  scope: Scope,
  images: Images,
  phase: "training" | "evaluation",
): Images & TrainablePass {
  const judged = model.judge(scope, images, phase);
  const means = Object.entries(images.measures).map(([name, each]) => [name, mean(each)] as const);
  return {
    ...images,
    ...judged,
    metrics: { loss: judged.loss, ...Object.fromEntries(means), ...judged.metrics },
  };
}

/** A part of a trained model as a program of its own: from a scope's batch fields, images among them in that layout, to named tensors. */
export type PartProgram = (
  scope: Scope,
  batchSize: number,
  layout: ImageLayout,
) => Readonly<Record<string, Tensor>>;

/** A network that is trained together with a model, with its own optimizer. */
export interface AuxiliaryNetwork extends Omit<Adversary, "loss"> {
  /** Whether a parameter is its own. */
  owns(parameter: string): boolean;
}

/** A model that can be trained on images, or on codes of shape [1, 1, D] in their place. */
export interface Trainable {
  /** What it is, for people: `an autoencoder`. */
  readonly about: string;
  /** Shape of what it reads. */
  readonly imageShape: ImageShape;
  /** Its classifiers. */
  readonly heads: readonly Head[];
  /** What is measured of each image besides the metrics of Narrows. */
  readonly ownMetrics: readonly OwnMetric[];
  /** A network that is trained together with it, with its own loss. */
  readonly adversary?: AuxiliaryNetwork | undefined;
  /** Images that a batch should hold for its numbers to be whole; 1 where each image goes its own way. */
  readonly minBatch: number;
  /** Whether what it makes of an image depends on the other images of the batch. */
  readonly mixesImages: boolean;
  /** Its parts that can be used without Narrows, by name. */
  readonly parts: Readonly<Record<string, PartProgram>>;
  /** An encoder that draws codes, from images and noise; undefined where there is none, or the noise is made of other images. */
  readonly sampledEncoder?: PartProgram | undefined;
  /** What it makes of each image of a batch. */
  measure(scope: Scope, images: Tensor, phase: "training" | "evaluation"): ImagesPass;
  /** What that comes to for the batch: its loss, and what is asked of its codes together. */
  judge(scope: Scope, images: JudgedImages, phase: "training" | "evaluation"): BatchPass;
  /** Both: a batch through the whole model, with its loss. */
  run(scope: Scope, images: Tensor, phase: "training" | "evaluation"): TrainablePass;
  /** The numbers of every scalar the model asks for, at a point of training. */
  scalars(progress: ScheduleProgress): Record<string, number>;
  /** The rate aimed at, in nats, at a point of training; undefined where it aims at none. */
  targetRateNats(progress: ScheduleProgress): number | undefined;
  /** The rate aimed at in the end. */
  readonly finalTargetRateNats: number | undefined;
}

/** Name of the batch's field that holds the mean image of what each image shows, [B, pixels]. */
export const CAUSE_MEANS_FIELD = "causeMeans";

/** Name of the batch's field that holds a head's targets. */
export function targetField(head: Head): string {
  return `targets.${head.name}`;
}
