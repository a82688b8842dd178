import type { AdamSettings } from "../nn/adam.js";
import type { Scope } from "../nn/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Head } from "./heads/index.js";
import type { ImageShape, ScheduleProgress } from "./parts.js";

// What training and evaluation ask of a model. They know this interface and no kinds: an autoencoder measures a distortion
// and a rate, a classifier of given codes neither, and each says so itself.

/** Scalars that some kind of model measures on a batch; the same names stand in metrics files. */
export type MetricName =
  | "loss"
  | "distortion"
  | "squaredErrorPerPixel"
  | "rateNats"
  | "positionDistortion"
  | "penalty"
  | "adversaryLoss";

/** Numbers of a batch, or means over many: the loss, and what else the model measures. */
export type Measures<Value = number> = { readonly loss: Value } & {
  readonly [Name in Exclude<MetricName, "loss">]?: Value;
};

/** What a head made of a batch. */
export interface HeadPass {
  /** Mean loss in nats, before any weight. */
  readonly loss: Tensor;
  /** [B, outputs], before any squashing. */
  readonly outputs: Tensor;
}

/** One pass of a batch through a model, as far as a training needs it. */
export interface TrainablePass {
  /** The scalar to minimise. */
  readonly loss: Tensor;
  /** Means over the batch, as scalars: what the loop logs. */
  readonly metrics: Measures<Tensor>;
  /** By the name of the head. */
  readonly heads: Readonly<Record<string, HeadPass>>;
  /** The scalar that the network beside the model minimises, where there is one. */
  readonly adversaryLoss?: Tensor | undefined;
}

/** A part of a trained model as a program of its own: from a scope's batch fields to named tensors. */
export type PartProgram = (scope: Scope) => Readonly<Record<string, Tensor>>;

/** A network that learns beside a model, with an optimizer of its own. */
export interface TrainedBeside {
  /** Whether a parameter is its own. */
  owns(parameter: string): boolean;
  readonly optimizer: AdamSettings;
  readonly learningRate: number;
}

/** A model that can be trained on images, or on codes of shape [1, 1, D] in their place. */
export interface Trainable {
  /** What it is, for people: `an autoencoder`. */
  readonly about: string;
  /** Shape of what it reads. */
  readonly imageShape: ImageShape;
  /** The scalars that it measures, in the order in which files hold them; evaluations may measure more. */
  metricNames(phase: "training" | "evaluation"): readonly MetricName[];
  /** Its classifiers. */
  readonly heads: readonly Head[];
  /** A network that is trained beside it, by a loss of its own. */
  readonly adversary?: TrainedBeside | undefined;
  /** Images that a batch should hold for its numbers to be whole; 1 where each image goes its own way. */
  readonly leastBatch: number;
  /** Its parts of use without Narrows, for batches of 1, by name. */
  readonly parts: Readonly<Record<string, PartProgram>>;
  /** A batch through the whole model, with its loss. */
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
