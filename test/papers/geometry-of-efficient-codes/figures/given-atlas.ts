import {
  type Atlas,
  publishedAtlas,
} from "../../../../src/papers/geometry-of-efficient-codes/measures/atlas.js";
import { readPublishedCodes } from "../../../../src/papers/geometry-of-efficient-codes/measures/published-codes.js";
import type { ModelName } from "../../../../src/papers/geometry-of-efficient-codes/recipe.js";
import { published } from "../../../geometry/published.js";

/** The authors' codes of their 1,522 stimuli, as an atlas: some models at 0.3 and 10 nats. */
export function givenAtlas(models: readonly ModelName[]): Atlas {
  const { stimuli, codes } = publishedAtlas(readPublishedCodes(published.path("latents.npz")));
  return { stimuli, codes: codes.filter(({ model }) => models.includes(model)) };
}
