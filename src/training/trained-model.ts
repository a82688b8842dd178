import type { Model } from "../model/model.js";
import type { Trainable } from "../model/trainable.js";
import type { ParameterLayout } from "../nn/parameters.js";

/** A model with its parameters: what is needed to use it. */
export interface TrainedModel<Kind extends Trainable = Model> {
  readonly model: Kind;
  readonly layout: ParameterLayout;
  readonly parameters: Float32Array;
  readonly seed: number;
}
