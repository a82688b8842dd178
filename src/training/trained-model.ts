import type { Model } from "../model/model.js";
import type { ParameterLayout } from "../nn/parameters.js";

/** A model with its parameters: what is needed to use it. */
export interface TrainedModel {
  readonly model: Model;
  readonly layout: ParameterLayout;
  readonly parameters: Float32Array;
  readonly seed: number;
}
