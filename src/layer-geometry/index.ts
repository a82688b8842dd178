/** The layers of a model as spaces: their intrinsic dimension, and the information imbalance between them. */
export { layerSpaces, measureLayers, type Passage, profileArrows } from "./layers.js";
export {
  type Epochs,
  type LayerChoice,
  type LayerPair,
  type LayersAtMoment,
  layersOfRun,
  layersOfTwoRuns,
} from "./of-runs.js";
export type { Space, SpaceDimension, SpaceMeasures, SpaceOptions } from "./one-space.js";
export { type LayerProfile, profileOf } from "./profile.js";
export { type Arrow, type KnownSpaces, type MeasuredSpaces, measureSpaces } from "./spaces.js";
