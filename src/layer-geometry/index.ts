/** The layers of a model as spaces: their intrinsic dimension, and how much they tell of each other. */
export { layerSpaces, measureLayers, type Passage, profileArrows } from "./layers.js";
export { type LayerProfile, profileOf } from "./profile.js";
export {
  type Arrow,
  type MeasuredSpaces,
  measureSpaces,
  type Space,
  type SpaceDimension,
  type SpaceMeasures,
} from "./spaces.js";
